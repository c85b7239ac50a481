// Reads CTRF of any producer and of both its schemas: suites as a text and as a list, attempts with and without details.
import type { CaseResult, Failure, Result } from '@muster/core'
import { failureRestIn } from '../failure/failure-in.ts'
import { reportedFailure } from '../failure/reported-failure.ts'
import { amountAt, fieldsAt, isFields, listAt, own, textAt, textsAt, wholeAt, type Fields } from '../json/own-fields.ts'
import { parseJson } from '../json/parse-json.ts'
import { ProblemLog } from '../read/problem-log.ts'
import type { ReadCases, ReadOptions } from '../read/read-cases.ts'
import { sourceOf } from '../read/source-of.ts'
import { unreadable } from '../read/unreadable.ts'
import { countText } from '../text/count-text.ts'

/**
 * The cases of a CTRF document. Throws `INPUT_UNREADABLE` where it is no JSON or holds no list of tests.
 *
 * @example
 * ```ts
 * readCtrf('{"results":{"tests":[{"name":"adds","status":"passed","duration":3}]}}').cases
 * // [{ path: ['adds'], result: 'passed', durationMs: 3 }]
 * ```
 */
export function readCtrf(text: string, options: ReadOptions = {}): ReadCases {
  const source = sourceOf(options)
  return ctrfCases(parseJson(text, source, 'a CTRF document'), options)
}

/** The cases of a CTRF document that is already parsed. */
export function ctrfCases(document: unknown, options: ReadOptions): ReadCases {
  const log = new ProblemLog(options)
  const results = isFields(document) ? fieldsAt(document, 'results') : undefined
  const tests = results === undefined ? undefined : listAt(results, 'tests')
  if (results === undefined || tests === undefined) {
    throw unreadable({ source: log.source }, 'a list of tests at `results.tests`', 'a document without one')
  }
  const cases: CaseResult[] = []
  tests.forEach((test, at) => {
    const one = isFields(test) ? caseIn(test) : 'it is no object'
    if (typeof one === 'string') log.add('missing', `results.tests[${at}] cannot be used: ${one}`)
    else cases.push(one)
  })
  const announced = wholeAt(fieldsAt(results, 'summary') ?? {}, 'tests')
  if (announced !== undefined && announced > tests.length) {
    log.add('missing', `the summary announces ${countText(announced, 'test')} and the document holds ${tests.length}`)
  }
  return log.close('ctrf', cases)
}

/** The case that a test describes, or why there is none. */
function caseIn(test: Fields): CaseResult | string {
  const ours = fieldsAt(fieldsAt(test, 'extra') ?? {}, 'muster') ?? {}
  const name = textAt(test, 'name')
  const result = resultIn(test)
  if (name === undefined) return 'it has no name'
  if (result === undefined) return 'it has no status that is known'
  const file = textAt(test, 'filePath')
  const line = wholeAt(test, 'line', 1)
  const retries = retriesIn(test)
  return {
    path: textsAt(ours, 'path') ?? [...suitesIn(test), name],
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line }),
    result,
    durationMs: amountAt(ours, 'durationMs') ?? amountAt(test, 'duration') ?? 0,
    ...(retries === 0 ? {} : { retries }),
    ...textsIn(test, ours, result),
  }
}

function suitesIn(test: Fields): readonly string[] {
  const texts = textsAt(test, 'suite')
  if (texts !== undefined) return texts
  const text = textAt(test, 'suite')
  return text === undefined || text === '' ? [] : text.split(' > ')
}

function resultIn(test: Fields): Result | undefined {
  const raw = (textAt(test, 'rawStatus') ?? '').toLowerCase()
  switch (textAt(test, 'status')) {
    case 'passed':
      return 'passed'
    case 'failed':
      return ['timed-out', 'timedout', 'timed_out', 'timeout'].includes(raw) ? 'timed-out' : 'failed'
    case 'skipped':
    case 'pending':
      return 'skipped'
    case 'other':
      if (['cancelled', 'canceled', 'interrupted', 'aborted'].includes(raw)) return 'cancelled'
      return ['timed-out', 'timedout', 'timed_out', 'timeout'].includes(raw) ? 'timed-out' : 'skipped'
    case undefined:
    default:
      return undefined
  }
}

function retriesIn(test: Fields): number {
  const tries = listAt(test, 'retryAttempts')?.length ?? 0
  const least = own(test, 'flaky') === true ? 1 : 0
  return Math.max(wholeAt(test, 'retries') ?? tries, least)
}

function textsIn(test: Fields, ours: Fields, result: Result): Pick<CaseResult, 'failure' | 'reason'> {
  const message = textAt(test, 'message')
  const stack = textAt(test, 'trace')
  const rest = failureRestIn(fieldsAt(ours, 'failure') ?? {})
  const reason = textAt(ours, 'reason')
  if (rest !== undefined && message !== undefined) {
    const failure = { ...rest, message, ...(stack === undefined ? {} : { stack }) }
    return { failure, ...(reason === undefined ? {} : { reason }) }
  }
  if (result === 'failed' || result === 'timed-out') {
    return {
      failure: reportedFailure({ reportedAs: `CTRF ${result}`, message, text: stack, suggests: suggested(result) }),
    }
  }
  if (result === 'passed') {
    const first = own(test, 'flaky') === true ? firstTry(test) : undefined
    return first === undefined ? {} : { failure: first }
  }
  return message === undefined ? {} : { reason: message }
}

function suggested(result: Result): 'timeout' | 'unknown' {
  return result === 'timed-out' ? 'timeout' : 'unknown'
}

/** What went wrong first in a case that passed in the end. */
function firstTry(test: Fields): Failure | undefined {
  const first = listAt(test, 'retryAttempts')?.find((entry) => isFields(entry) && textAt(entry, 'status') === 'failed')
  if (!isFields(first)) return undefined
  return reportedFailure({
    reportedAs: 'CTRF failed try',
    message: textAt(first, 'message'),
    text: textAt(first, 'trace'),
  })
}
