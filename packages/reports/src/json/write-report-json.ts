// The report as it is: Muster's own format, version 1. Everything else that we write is derived from it.
import type { RunReport } from '@muster/core'

/**
 * The whole report as JSON. `runReportSchema` of `@muster/reports/schemas` describes it.
 *
 * @example
 * ```ts
 * await writeFile('report.json', writeReportJson(await run.report))
 * ```
 */
export function writeReportJson(report: RunReport): string {
  return `${JSON.stringify(report, undefined, 2)}\n`
}
