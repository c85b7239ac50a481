// A whole report back from its JSON, checked by its schema, for those who need more than its cases.
import type { RunReport } from '@muster/core'
import { parseJson } from '../json/parse-json.ts'
import type { ReadOptions } from '../read/read-cases.ts'
import { sourceOf } from '../read/source-of.ts'
import { unreadable } from '../read/unreadable.ts'
import { isRunReport, runReportSchema } from './run-report-schema.ts'

/**
 * The report that `writeReportJson` wrote. Throws `INPUT_UNREADABLE` with every field that does not fit.
 *
 * @example
 * ```ts
 * const report = parseRunReport(await readFile('report.json', 'utf8'), { source: 'report.json' })
 * ```
 */
export function parseRunReport(text: string, options: ReadOptions = {}): RunReport {
  const source = sourceOf(options)
  const document = parseJson(text, source, 'a report of Muster')
  if (isRunReport(document)) return document
  const issues = runReportSchema.safeParse(document).error?.issues ?? []
  const problems = issues
    .slice(0, 5)
    .map(({ path, message }) => `${path.map(String).join('.') || 'the document'}: ${message}`)
  throw unreadable({ source }, 'a report of version 1', problems.join('; '))
}
