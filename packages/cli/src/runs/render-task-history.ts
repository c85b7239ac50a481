// What the history holds of one task, for a person.
import type { TaskFacts, VerdictKind } from '@muster/core'
import { countText } from '../terminal/count-text.ts'
import { formatDuration, formatRange } from '../terminal/format-time.ts'
import { oneLine } from '../terminal/plain-text.ts'

/** The part of a task's summary that is shown. */
export interface ShownHistory {
  readonly kind: string
  readonly id: string
  readonly verdicts: Readonly<Partial<Record<VerdictKind, number | undefined>>>
  readonly durations: readonly (readonly [atWallMs: number, durationMs: number])[]
  readonly lastFailure?: { readonly run: string; readonly category: string; readonly message: string } | undefined
  readonly lastSeen: { readonly run: string }
}

/** Latest durations shown. */
const mostDurations = 10

/** The lines. */
export function renderTaskHistory(summary: ShownHistory, facts: TaskFacts | undefined): readonly string[] {
  const { kind, id, verdicts, durations, lastFailure, lastSeen } = summary
  const counts = Object.entries(verdicts).map(([verdict, count]) => `${String(count ?? 0)} ${verdict}`)
  const runs = Object.values(verdicts).reduce<number>((sum, count) => sum + (count ?? 0), 0)
  const duration = facts?.duration
  const latest = durations.slice(-mostDurations).map(([, ms]) => formatDuration(ms))
  return [
    `${oneLine(id)} (${kind})`,
    `  runs       ${countText(runs, 'run')}: ${counts.join(', ')}; last in ${lastSeen.run}`,
    duration === undefined
      ? '  duration   unknown: it has not passed yet'
      : `  duration   ${formatRange(duration)}, from ${countText(duration.samples, 'passing attempt')}`,
    ...(latest.length === 0 ? [] : [`  latest     ${latest.join(', ')}`]),
    ...(facts?.failureRate === undefined ? [] : [`  fails      ${percent(facts.failureRate)} of its runs`]),
    ...(facts?.flakyRate === undefined ? [] : [`  flaky      ${percent(facts.flakyRate)} of its runs`]),
    ...(lastFailure === undefined
      ? []
      : [`  last fail  ${lastFailure.category} in ${lastFailure.run}: ${oneLine(lastFailure.message)}`]),
  ]
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`
}
