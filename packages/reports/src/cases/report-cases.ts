// From a run's report to the rows of any document. The rows keep every promise of the report: a task that did not pass has a
// row that says so, and a flaky one has a row that shows it.
import type { RunReport, TaskReport, VerdictKind } from '@muster/core'
import { mergeAttempts } from './merge-attempts.ts'
import { isBad, isFlaky, type ReportCase } from './report-case.ts'
import { taskCase } from './task-case.ts'

/**
 * Every test case of a run as it came out in the end, and every task that its cases do not tell of.
 *
 * @example
 * ```ts
 * const slow = reportCases(report).filter((row) => row.case.durationMs > 10_000)
 * ```
 */
export function reportCases(report: Pick<RunReport, 'tasks'>): readonly ReportCase[] {
  const rows: ReportCase[] = []
  for (const task of report.tasks) {
    const cases = mergeAttempts(task)
    for (const row of cases) rows.push(row)
    if (needsOwnRow(task, cases)) rows.push(taskCase(task))
  }
  return rows
}

function needsOwnRow({ verdict }: TaskReport, cases: readonly ReportCase[]): boolean {
  if (verdict === undefined || cases.length === 0) return true
  if (verdict.kind === 'flaky') return !cases.some((row) => isFlaky(row.case))
  return isVerdictBad(verdict.kind) && !cases.some((row) => isBad(row.case))
}

/** Whether a verdict makes the run fail. */
function isVerdictBad(kind: VerdictKind): boolean {
  switch (kind) {
    case 'passed':
    case 'flaky':
    case 'skipped':
      return false
    case 'failed':
    case 'timed-out':
    case 'blocked':
    case 'cancelled':
    case 'poisoned':
    case 'unplaceable':
      return true
  }
}
