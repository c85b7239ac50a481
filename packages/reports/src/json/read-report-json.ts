// Reads the cases out of a report that Muster wrote. `parseRunReport` of `@muster/reports/schemas` gives the whole report
// instead, checked by its schema.
import type { TaskReport } from '@muster/core'
import { reportCases } from '../cases/report-cases.ts'
import { ProblemLog } from '../read/problem-log.ts'
import type { ReadCases, ReadOptions } from '../read/read-cases.ts'
import { sourceOf } from '../read/source-of.ts'
import { unreadable } from '../read/unreadable.ts'
import { isFields, listAt, own, textAt, wholeAt, type Fields } from './own-fields.ts'
import { parseJson } from './parse-json.ts'
import { taskIn } from './task-in.ts'

/**
 * The cases of a report that `writeReportJson` wrote. An interrupted run, or one in which nothing ran, is not complete.
 *
 * @example
 * ```ts
 * const { cases, isComplete } = readReportJson(writeReportJson(report))
 * ```
 */
export function readReportJson(text: string, options: ReadOptions = {}): ReadCases {
  const source = sourceOf(options)
  return reportJsonCases(parseJson(text, source, 'a report of Muster'), options)
}

/** The cases of a report that is already parsed. */
export function reportJsonCases(document: unknown, options: ReadOptions): ReadCases {
  const log = new ProblemLog(options)
  const report = isFields(document) ? document : undefined
  const listed = report === undefined ? undefined : listAt(report, 'tasks')
  if (report === undefined || listed === undefined) {
    throw unreadable({ source: log.source }, 'a list of tasks at `tasks`', 'a document without one')
  }
  checkVersion(report, log)
  const tasks: TaskReport[] = []
  listed.forEach((value, at) => {
    const task = taskIn(value)
    if (task === undefined) log.add('missing', `tasks[${at}] has not the form of a task`)
    else tasks.push(task)
  })
  const exit = textAt(report, 'exit')
  if (exit === 'interrupted') log.add('missing', 'the run was interrupted before all tasks had a verdict')
  if (exit === 'nothing-ran') log.add('missing', 'nothing ran')
  return log.close(
    'json',
    reportCases({ tasks }).map((row) => row.case),
  )
}

function checkVersion(report: Fields, log: ProblemLog): void {
  const version = own(report, 'version')
  if (version === 1) return
  const isNewer = (wholeAt(report, 'version') ?? 0) > 1
  const got = isNewer
    ? `version ${wholeAt(report, 'version') ?? ''}, which a newer Muster wrote`
    : 'another version or none'
  throw unreadable({ source: log.source }, 'a report of version 1', got)
}
