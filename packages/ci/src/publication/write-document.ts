// Which writer makes which document, in one place: what goes to a file and what goes to standard output must be the same.
import type { RunReport } from '@muster/core'
import {
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

const writers: Readonly<Record<DocumentKind, (report: RunReport) => string>> = {
  junit: writeJunit,
  json: writeReportJson,
  ctrf: writeCtrf,
  tap: writeTap,
  html: writeHtml,
  trace: writeChromeTrace,
  markdown: writeMarkdown,
  summary: (report) => writeSummary(report, { format: 'markdown' }),
}

/**
 * A document of a run as text.
 *
 * @example
 * ```ts
 * process.stdout.write(writeDocument('tap', report))
 * ```
 */
export function writeDocument(kind: DocumentKind, report: RunReport): string {
  return writers[kind](report)
}
