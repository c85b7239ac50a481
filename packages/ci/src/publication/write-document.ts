// Which writer makes which document, in one place: what goes to a file and what goes to standard output must be the same.
import type { RunReport } from '@muster/core'
import {
  type HtmlOptions,
  writeChromeTrace,
  writeCtrf,
  writeHtml,
  writeJunit,
  writeMarkdown,
  writeReportJson,
  writeSummary,
  writeTap,
} from '@muster/reports'

/** The documents that a build can leave behind. */
export type DocumentKind = 'junit' | 'json' | 'ctrf' | 'tap' | 'html' | 'trace' | 'markdown' | 'summary'

const writers: Readonly<Record<DocumentKind, (report: RunReport, html?: HtmlOptions) => string>> = {
  junit: (report) => writeJunit(report),
  json: (report) => writeReportJson(report),
  ctrf: (report) => writeCtrf(report),
  tap: (report) => writeTap(report),
  html: writeHtml,
  trace: (report) => writeChromeTrace(report),
  markdown: (report) => writeMarkdown(report),
  summary: (report) => writeSummary(report, { format: 'markdown' }),
}

/**
 * A document of a run as text; `html` says how the page is written.
 *
 * @example
 * ```ts
 * process.stdout.write(writeDocument('tap', report))
 * ```
 */
export function writeDocument(kind: DocumentKind, report: RunReport, html?: HtmlOptions): string {
  return writers[kind](report, html)
}
