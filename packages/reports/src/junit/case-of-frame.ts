// From a `testcase` element to a case. Reruns count as tries: a case with a failed try that passed is flaky, one that failed
// in every try failed once, with retries.
import type { CaseResult, Failure } from '@muster/core'
import { reportedFailure } from '../failure/reported-failure.ts'
import type { CaseIdentity } from './case-identity.ts'
import type { CaseFrame, Mark } from './junit-frame.ts'
import { parseSeconds } from './parse-seconds.ts'

/** What Node calls the ways in which a test fails, none of which is the name of an error. */
const nodeTypes: ReadonlySet<string> = new Set([
  'testCodeFailure',
  'testTimeoutFailure',
  'cancelledByParent',
  'subtestsFailed',
  'hookFailed',
  'uncaughtException',
  'multipleCallbackInvocations',
  'unhandledRejection',
  'parentAlreadyFinished',
  'testAborted',
])

/** The case that an element describes. pytest counts lines from 0. */
export function caseOfFrame(
  { attributes, marks }: CaseFrame,
  { path, file }: CaseIdentity,
  firstLine: 0 | 1,
): CaseResult {
  const line = Number(attributes['line'] ?? attributes['lineno'] ?? Number.NaN) + 1 - firstLine
  const failed = marks.find(({ tag }) => tag === 'failure' || tag === 'error')
  const skipped = marks.find(({ tag }) => tag === 'skipped')
  const reruns = marks.filter(({ tag }) => /^(?:flaky|rerun)(?:Failure|Error)$/.test(tag))
  return {
    path,
    ...(file === undefined ? {} : { file }),
    ...(Number.isInteger(line) && line > 0 ? { line } : {}),
    durationMs: parseSeconds(attributes['time'] ?? '') ?? 0,
    ...(reruns.length === 0 ? {} : { retries: reruns.length }),
    ...ending(attributes, failed, skipped, reruns),
  }
}

type Ending = Pick<CaseResult, 'result' | 'failure' | 'reason'>

function ending(
  attributes: CaseFrame['attributes'],
  failed: Mark | undefined,
  skipped: Mark | undefined,
  reruns: readonly Mark[],
): Ending {
  // A test to be done is allowed to fail.
  if (failed !== undefined && skipped?.type !== 'todo')
    return { result: resultOf(failed), failure: failureOfMark(failed) }
  if (skipped !== undefined) {
    const said = (skipped.message ?? skipped.text).trim()
    const reason =
      skipped.type === 'todo' ? ['todo', said].filter((part) => part !== '' && part !== 'true').join(': ') : said
    return { result: skipped.type === 'cancelled' ? 'cancelled' : 'skipped', ...(reason === '' ? {} : { reason }) }
  }
  const status = (attributes['status'] ?? attributes['result'] ?? '').toLowerCase()
  if (['failed', 'failure', 'error', 'errored', 'fail'].includes(status)) {
    return { result: 'failed', failure: reportedFailure({ reportedAs: `JUnit status ${status}` }) }
  }
  if (['notrun', 'skipped', 'disabled', 'ignored', 'suppressed', 'pending'].includes(status)) {
    return { result: 'skipped', reason: status }
  }
  const [first] = reruns
  // A rerun element without a pass or a failure beside it: Surefire writes `rerunFailure` only next to a failure.
  if (first?.tag.startsWith('rerun') === true) return { result: 'failed', failure: failureOfMark(first) }
  return first === undefined ? { result: 'passed' } : { result: 'passed', failure: failureOfMark(first) }
}

function resultOf({ type }: Mark): 'failed' | 'timed-out' | 'cancelled' {
  if (type === 'timed-out' || type === 'testTimeoutFailure') return 'timed-out'
  return type === 'cancelledByParent' ? 'cancelled' : 'failed'
}

/** The failure that an element describes. */
export function failureOfMark({ tag, type, message, text }: Mark): Failure {
  const isFailure = tag.endsWith('ailure')
  const isTimeout = type === 'timed-out' || type === 'testTimeoutFailure'
  const isNode = type !== undefined && nodeTypes.has(type)
  // Node prints the error that counts as the cause of its own.
  const cause = isNode ? /\bcause: ([A-Za-z_$][\w$.]{0,100})/.exec(text.slice(0, 5000))?.[1] : undefined
  return reportedFailure({
    reportedAs: `JUnit ${tag}`,
    errorName: isTimeout ? 'timeout' : isNode ? cause : type,
    message,
    text,
    suggests: isNode ? 'unknown' : isFailure ? 'assertion' : 'exception',
  })
}
