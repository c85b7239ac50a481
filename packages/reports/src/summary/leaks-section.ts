// Attempts that left processes running. The run goes on all the same, since what was left is killed; whoever wrote the test has
// to know, also where it passed.
import type { Leaks, RunReport } from '@muster/core'
import { leaksText } from '@muster/core/model'
import type { ReportCase } from '../cases/report-case.ts'
import { plainLine } from '../text/plain-text.ts'
import type { SummaryFacts, SummarySection } from './summary-sections.ts'

/** The leaks of one attempt. */
export interface AttemptLeaks {
  readonly task: string
  readonly n: number
  readonly leaks: Leaks
}

/** All attempts that left something running, in the order of the tasks. */
export function leaksIn({ tasks }: Pick<RunReport, 'tasks'>): readonly AttemptLeaks[] {
  return tasks.flatMap(({ id, attempts }) =>
    attempts.flatMap(({ n, ending }) =>
      ending.kind === 'ended' && ending.outcome.leaks !== undefined
        ? [{ task: id, n, leaks: ending.outcome.leaks }]
        : [],
    ),
  )
}

/** What a leak is told as. */
export function leakSentence({ n, leaks }: Pick<AttemptLeaks, 'n' | 'leaks'>): string {
  return `attempt ${n} left ${plainLine(leaksText(leaks))}`
}

/** What the tasks left running, at the first row of each. */
export function leaksByRow(
  report: Pick<RunReport, 'tasks'>,
  rows: readonly ReportCase[],
): ReadonlyMap<ReportCase, readonly string[]> {
  const byTask = new Map<string, string[]>()
  for (const one of leaksIn(report)) {
    const known = byTask.get(one.task)
    if (known === undefined) byTask.set(one.task, [leakSentence(one)])
    else known.push(leakSentence(one))
  }
  const byRow = new Map<ReportCase, readonly string[]>()
  for (const row of byTask.size === 0 ? [] : rows) {
    const sentences = byTask.get(row.task)
    if (sentences === undefined) continue
    byTask.delete(row.task)
    byRow.set(row, sentences)
  }
  return byRow
}

/** Tasks that left processes running. */
export function leaksSection({ report, style, most }: SummaryFacts): SummarySection {
  const all = leaksIn(report)
  const shown = all.length === most + 1 ? all : all.slice(0, most)
  const lines = shown.flatMap((one) => [
    style.item(style.quoted(one.task)),
    style.below(style.quoted(leakSentence(one))),
  ])
  const rest = all.length - shown.length
  return {
    heading: `Left running, killed (${all.length})`,
    lines: [...lines, ...(rest > 0 ? [style.item(`and ${rest} more`)] : [])],
  }
}
