// The report as it is: Muster's own format, version 1. Its counts of cases are those that every other document shows: over
// all attempts of a task, where the report by itself counts those of the last.
import type { RunReport } from '@muster/core'
import { caseCounts } from '../cases/case-counts.ts'
import { reportCases } from '../cases/report-cases.ts'

/**
 * The whole report as JSON. `runReportSchema` of `@muster/reports/schemas` describes it.
 *
 * @example
 * ```ts
 * await writeFile('report.json', writeReportJson(await run.report))
 * ```
 */
export function writeReportJson(report: RunReport): string {
  const cases = caseCounts(report, reportCases(report))
  return `${JSON.stringify({ ...report, cases }, undefined, 2)}\n`
}
