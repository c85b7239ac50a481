// The report that people open: one HTML file with everything in it, for a browser without a network. It has to say within
// seconds what broke, why, and what to do, and stay quick with a hundred thousand cases.
import type { RunReport } from '@muster/core'
import { clientBundle } from './client-bundle.ts'
import { pageShell } from './page-shell.ts'
import { reportDataOf } from './report-data-of.ts'

/** How the page is written. */
export interface HtmlOptions {
  /** How the command line is called in the advice of the page. @defaultValue `'npx @muster/cli'` */
  readonly command?: string | undefined
}

/**
 * The run as one HTML page. It loads nothing, runs no text of a test, and shows control characters and marks of direction
 * instead of obeying them.
 *
 * @example
 * ```ts
 * await writeFile('report.html', writeHtml(await run.report))
 * ```
 */
export function writeHtml(report: RunReport, options: HtmlOptions = {}): string {
  return pageShell(reportDataOf(report, options.command ?? 'npx @muster/cli'), clientBundle())
}
