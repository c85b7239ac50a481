// What helped, as a table: one row for each strategy after each kind of failure.
import type { RecoveryRecord } from '@muster/core/recovery'
import { oneLine } from '../terminal/plain-text.ts'
import { renderTable } from '../tables/render-table.ts'
import { formatDuration } from '../terminal/format-time.ts'

/** The lines of `muster history recovery`. */
export function renderRecoveries(records: readonly RecoveryRecord[], page: number): readonly string[] {
  if (records.length === 0) return ['No retry of a run has been recorded yet; retries are learned from as runs end.']
  const rows = [...records]
    .sort(
      (a, b) =>
        compare(a.category, b.category) ||
        compare(a.runner, b.runner) ||
        b.helped / b.uses - a.helped / a.uses ||
        compare(a.strategy, b.strategy) ||
        compare(a.workerClass, b.workerClass),
    )
    .map(({ category, runner, strategy, workerClass, uses, helped, spentMs }) => [
      category,
      oneLine(runner),
      strategy,
      oneLine(workerClass),
      String(uses),
      `${String(Math.round((100 * helped) / uses))} %`,
      formatDuration(spentMs / uses),
    ])
  return renderTable(
    [
      { title: 'failure' },
      { title: 'runner' },
      { title: 'met with' },
      { title: 'on', leaves: 1 },
      { title: 'times', align: 'right' },
      { title: 'helped', align: 'right' },
      { title: 'took', align: 'right', leaves: 2 },
    ],
    rows,
    page,
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
