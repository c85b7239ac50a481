// The cases of a report as columns: a page of a hundred thousand of them is read column by column.
import { isFlaky, type ReportCase } from '../cases/report-case.ts'
import { titleSeparator } from '../cases/case-title.ts'
import { plainText } from '../text/plain-text.ts'
import type { FailureTable } from './failure-table.ts'
import type { CaseColumns, CaseMore, CaseStatus } from './report-data.ts'
import { roundMs } from './round-ms.ts'
import { runLengths } from './run-lengths.ts'
import type { TextTable } from './text-table.ts'

/** Longest title kept, in characters: one that is longer says nothing more. */
const longestTitle = 2000
const longestReason = 500
/** Earlier tries kept of one case. */
const mostEarlier = 20

/** The rows of a report as columns. */
export function caseColumns(rows: readonly ReportCase[], texts: TextTable, failures: FailureTable): CaseColumns {
  const more: (readonly [number, CaseMore])[] = []
  rows.forEach((row, at) => {
    const known = moreOf(row, failures)
    if (Object.keys(known).length > 0) more.push([at, known])
  })
  return {
    titles: rows.map(({ case: one, task }) => cut(one.path.at(-1) ?? task)),
    statuses: rows.map(statusOf).join(''),
    ofTasks: rows.filter(({ isTask }) => isTask).length,
    ms: rows.map(({ case: one }) => roundMs(one.durationMs)),
    lines: rows.map(({ case: one }) => one.line ?? 0),
    suites: runLengths(rows.map(({ case: one }) => texts.numberOf(cut(one.path.slice(0, -1).join(titleSeparator))))),
    files: runLengths(rows.map(({ case: one }) => texts.numberOf(one.file ?? ''))),
    tasks: runLengths(rows.map(({ task }) => texts.numberOf(task))),
    more,
  }
}

function moreOf({ case: one, earlierFailures }: ReportCase, failures: FailureTable): CaseMore {
  const isRed = one.result === 'failed' || one.result === 'timed-out'
  return {
    ...(one.retries === undefined ? {} : { retries: one.retries }),
    ...(one.reason === undefined ? {} : { reason: plainText(one.reason.slice(0, longestReason)) }),
    ...(isRed && one.failure !== undefined ? { failure: failures.numberOf(one.failure) } : {}),
    ...(earlierFailures.length === 0
      ? {}
      : { earlier: earlierFailures.slice(0, mostEarlier).map((failure) => failures.numberOf(failure)) }),
  }
}

function statusOf({ case: one, isTask, verdict }: ReportCase): CaseStatus {
  if (isTask && verdict === 'blocked') return 'b'
  switch (one.result) {
    case 'passed':
      return isFlaky(one) ? 'y' : 'p'
    case 'failed':
      return 'f'
    case 'timed-out':
      return 't'
    case 'cancelled':
      return 'c'
    case 'skipped':
      return 's'
  }
}

function cut(text: string): string {
  return text.length <= longestTitle ? text : `${text.slice(0, longestTitle)}… (${text.length} characters)`
}
