// What a row is called wherever people read it.
import type { ReportCase } from './report-case.ts'

/** Between the titles of a case's path, on pages. */
export const titleSeparator = ' › '

/** The same in formats and logs, where a reader may be strict or a terminal old. */
export const plainSeparator = ' > '

/** The titles of a case from the outermost suite to itself, or the task's id. */
export function caseTitle({ case: one, task, isTask }: ReportCase, separator: string = titleSeparator): string {
  return isTask || one.path.length === 0 ? (one.path[0] ?? task) : one.path.join(separator)
}

/** `file:line` of a case as far as it is known; nothing where the title says it already. */
export function casePlace({ case: one, task, isTask }: ReportCase): string | undefined {
  const file = one.file ?? (isTask ? undefined : task)
  if (file === undefined || (isTask && file === task)) return undefined
  return one.line === undefined ? file : `${file}:${one.line}`
}
