// How many cases came to what, over all attempts of their tasks: one count for the summary, the page and the JSON report.
import type { CaseCounts, RunReport } from '@muster/core'
import { isBad, isFlaky, type ReportCase } from './report-case.ts'

/**
 * Test cases by result; rows that stand for tasks are none. Where the report does not hold all cases by name, it is asked for
 * its own counts.
 */
export function caseCounts(report: Pick<RunReport, 'cases'>, rows: readonly ReportCase[]): CaseCounts {
  const cases = rows.filter((row) => !row.isTask).map((row) => row.case)
  const flaky = cases.filter(isFlaky).length
  const counts = {
    passed: cases.filter(({ result }) => result === 'passed').length - flaky,
    failed: cases.filter(isBad).length,
    skipped: cases.filter(({ result }) => result === 'skipped' || result === 'cancelled').length,
    flaky,
  }
  return totalOf(counts) < totalOf(report.cases) ? report.cases : counts
}

function totalOf({ passed, failed, skipped, flaky }: CaseCounts): number {
  return passed + failed + skipped + flaky
}
