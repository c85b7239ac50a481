// The cases of a report as columns, with each failure once.
import type { Failure } from '@muster/core'
import { isFlaky, type ReportCase } from '../cases/report-case.ts'
import { titleSeparator } from '../cases/case-title.ts'
import { categoryText } from '../failure/category-text.ts'
import { ownFrame } from '../failure/own-frame.ts'
import { failureText } from '../failure/text-diff.ts'
import { plainText } from '../text/plain-text.ts'
import type { Budget } from './budget.ts'
import type { CaseColumns, CaseMore, CaseStatus, PageDiffLine, PageFailure } from './report-data.ts'
import { runLengths, type TextTable } from './text-table.ts'

/** Longest title kept, in characters: one that is longer says nothing more. */
const longestTitle = 2000
const longest = { message: 4000, stack: 6000, diffLine: 1000, reason: 500 }
/** Earlier tries kept of one case. */
const mostEarlier = 20

/** Failures by what they say, so that forty equal ones take the room of one. */
export class FailureTable {
  readonly failures: PageFailure[] = []
  readonly #numbers = new Map<string, number>()
  readonly #budget: Budget
  readonly #root: string

  constructor(budget: Budget, root = '') {
    this.#budget = budget
    this.#root = root
  }

  #shortened(file: string): string {
    return this.#root !== '' && file.replaceAll('\\', '/').startsWith(this.#root) ? file.slice(this.#root.length) : file
  }

  number(failure: Failure): number {
    const key = `${failure.fingerprint}\n${failure.message}\n${failure.stack ?? ''}`
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    this.#numbers.set(key, this.failures.length)
    return this.failures.push(this.#pageFailure(failure)) - 1
  }

  #pageFailure(failure: Failure): PageFailure {
    const { message, diff, stack } = failureText({
      message: plainText(failure.message),
      stack: plainText(failure.stack ?? ''),
    })
    const frame = ownFrame(stack)
    const budget = this.#budget
    return {
      message: budget.take(message, longest.message),
      ...(failure.errorName === undefined ? {} : { errorName: failure.errorName }),
      label: categoryText(failure),
      fault: failure.fault,
      transient: failure.transient,
      diff: diff.map(({ kind, text }): PageDiffLine => [signs[kind], budget.take(text, longest.diffLine)]),
      stack: budget.take(stack, longest.stack),
      evidence: failure.evidence.slice(0, 5).map((piece) => budget.take(piece, 500)),
      ...(frame === undefined ? {} : { frame: `${this.#shortened(frame.file)}:${frame.line}` }),
    }
  }
}

const signs = { expected: '-', actual: '+', same: ' ' } as const

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
    ms: rows.map(({ case: one }) => roundMs(one.durationMs)),
    lines: rows.map(({ case: one }) => one.line ?? 0),
    suites: runLengths(rows.map(({ case: one }) => texts.number(cut(one.path.slice(0, -1).join(titleSeparator))))),
    files: runLengths(rows.map(({ case: one }) => texts.number(one.file ?? ''))),
    tasks: runLengths(rows.map(({ task }) => texts.number(task))),
    more,
  }
}

function moreOf({ case: one, earlierFailures }: ReportCase, failures: FailureTable): CaseMore {
  const isRed = one.result === 'failed' || one.result === 'timed-out'
  return {
    ...(one.retries === undefined ? {} : { retries: one.retries }),
    ...(one.reason === undefined ? {} : { reason: plainText(one.reason.slice(0, longest.reason)) }),
    ...(isRed && one.failure !== undefined ? { failure: failures.number(one.failure) } : {}),
    ...(earlierFailures.length === 0
      ? {}
      : { earlier: earlierFailures.slice(0, mostEarlier).map((failure) => failures.number(failure)) }),
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

/** As many digits as anybody looks at. */
export function roundMs(ms: number): number {
  return ms < 10 ? Math.round(ms * 100) / 100 : ms < 1000 ? Math.round(ms * 10) / 10 : Math.round(ms)
}
