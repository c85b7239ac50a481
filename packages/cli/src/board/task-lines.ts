// What is said of a task once it is judged or about to be tried again: one line, and below it what went wrong. The same
// words above the board, in plain lines and in logs.
import type { AttemptLost, Failure, Outcome, TaskGaveUp, TaskJudged, TaskRetrying, Verdict } from '@muster/core'
import { scopeText } from '@muster/core/model'
import { explainRecovery } from '@muster/core/recovery'
import { explainGiveUp, explainRetry } from '@muster/core/retry'
import type { LastEnding } from '../progress/live-attempts.ts'
import { countText } from '../terminal/count-text.ts'
import { formatDuration } from '../terminal/format-time.ts'
import { type Look, signOf } from '../terminal/look.ts'
import { oneLine, plainLines } from '../terminal/plain-text.ts'
import { failedCaseLines } from './case-lines.ts'
import { judgementLine, kindText } from './judgement.ts'
import { brief, type Extent } from './log-detail.ts'
import { messageLines } from './message-lines.ts'
import { outputLines } from './output-lines.ts'

/** Tasks named that the same target blocks. */
const mostNamed = 3

/** Widest word of a verdict. */
const verdictColumns = 11

/** The lines of a judged task. */
export function judgedLines(
  { task, verdict }: TaskJudged,
  ending: LastEnding | undefined,
  look: Look,
  extent: Extent = brief,
): readonly string[] {
  const { symbol, colour } = signOf(verdict.kind, look)
  const because = verdictDetail(verdict)
  const detail = [
    ...(because === undefined ? [] : [because]),
    ...(ending === undefined || isWithoutAttempt(verdict) ? [] : measured(ending.outcome)),
  ].join(', ')
  const first = `${look.paint(colour, `${symbol} ${verdict.kind.padEnd(verdictColumns)}`)} ${oneLine(task)}${
    detail === '' ? '' : look.paint('dim', `  ${detail}`)
  }`
  return [first, ...(isRed(verdict) ? failureLines({ verdict, ending }, look, extent) : [])]
}

/** The line of a task that is tried again; none after a loss, which has been told with its cause. */
export function retryLines(
  { task, n, delayMs, attemptsLeft, because: why, budgetLeft, retryAfterMs, prefers, recovery, scope }: TaskRetrying,
  ending: LastEnding | undefined,
  look: Look,
): readonly string[] {
  if (ending === undefined) return []
  const { failure } = ending.outcome
  const because =
    failure === undefined ? 'did not pass' : `failed: ${firstLine(failure.message).replace(/[.;,]+$/, '')}`
  const wait = [
    ...(scope === undefined ? [] : [scopeText(scope)]),
    delayMs <= 0 ? 'again now' : `again in ${formatDuration(delayMs)}`,
    ...(why === undefined ? [] : [why === 'may-pass' ? mayPassText(failure) : explainRetry(why)]),
    ...(prefers === 'other' ? ['on another worker, if there is one'] : []),
    ...(recovery === undefined || recovery.because === 'default' ? [] : [`(${explainRecovery(recovery)})`]),
    ...(retryAfterMs === undefined ? [] : [`after the other side asked for ${formatDuration(retryAfterMs)}`]),
  ].join(' ')
  const left = [
    ...(attemptsLeft > 0 ? [countText(attemptsLeft, 'attempt')] : []),
    ...(budgetLeft === undefined ? [] : [`${countText(budgetLeft, 'retry', 'retries')} of the run`]),
  ]
  const head = look.paint('yellow', `${look.symbols.flaky} ${'retrying'.padEnd(verdictColumns)}`)
  return [
    `${head} ${oneLine(task)}  attempt ${String(n - 1)} ${because}; ${wait}${left.length === 0 ? '' : `, ${left.join(' and ')} left`}`,
  ]
}

/** The line of a task that is not tried again: why, and what is left of the retries of the run. */
export function gaveUpLine(
  { task, n, because, budgetLeft }: TaskGaveUp,
  ending: LastEnding | undefined,
  look: Look,
): string {
  const failure = ending?.outcome.failure
  const kind = failure === undefined || because !== 'not-retryable' ? '' : ` (${kindText(failure)})`
  const left =
    budgetLeft === undefined || budgetLeft === 0
      ? ''
      : `; the run has ${countText(budgetLeft, 'retry', 'retries')} left`
  const head = look.paint('yellow', `${look.symbols.flaky} ${'given up'.padEnd(verdictColumns)}`)
  return `${head} ${oneLine(task)}  not tried again after attempt ${String(n)}: ${explainGiveUp(because)}${kind}${left}`
}

/** Which kind of failure it is that may pass: the reason of the retry. */
function mayPassText(failure: Failure | undefined): string {
  return failure === undefined ? explainRetry('may-pass') : `${explainRetry('may-pass')} (${kindText(failure)})`
}

/** The line of an attempt of which no end is known. */
export function lostLine({ task, n, cause }: AttemptLost, look: Look): string {
  return `${look.paint('yellow', 'lost')}: attempt ${String(n)} of ${oneLine(task)}, ${lossText(cause)}`
}

function lossText(cause: AttemptLost['cause']): string {
  switch (cause) {
    case 'worker':
      return 'since its worker died'
    case 'coordinator':
      return 'since its run was ended under it'
    case 'refused':
      return 'since its worker refused it'
    case 'pre-empted':
      return 'to make room for another'
  }
}

/** One line for all tasks that the same target blocks. */
export function blockedLines(by: string, tasks: readonly string[], look: Look): readonly string[] {
  const { symbol, colour } = signOf('blocked', look)
  const head = look.paint(colour, `${symbol} ${'blocked'.padEnd(verdictColumns)}`)
  const why = `by ${oneLine(by)}, which did not pass`
  const [only] = tasks
  if (tasks.length === 1 && only !== undefined) return [`${head} ${oneLine(only)}${look.paint('dim', `  ${why}`)}`]
  const named = tasks.slice(0, mostNamed).map(oneLine).join(', ')
  const more = tasks.length > mostNamed ? ` and ${String(tasks.length - mostNamed)} more` : ''
  return [`${head} ${countText(tasks.length, 'task')} ${why}: ${look.paint('dim', named + more)}`]
}

function verdictDetail(verdict: Verdict): string | undefined {
  switch (verdict.kind) {
    case 'passed':
    case 'failed':
    case 'timed-out':
      return undefined
    case 'flaky':
      return verdict.failedAttempts === 0
        ? 'a case passed only after the runner repeated it'
        : `passed after ${countText(verdict.failedAttempts, 'failed attempt')}`
    case 'blocked':
      return verdict.limitMs === undefined
        ? `by ${oneLine(verdict.by)}, which did not pass`
        : `by ${oneLine(verdict.by)}, which had not passed within ${formatDuration(verdict.limitMs)}`
    case 'skipped':
      return oneLine(verdict.because) + (verdict.by === undefined ? '' : ` (${oneLine(verdict.by)})`)
    case 'cancelled':
      return `by ${oneLine(verdict.by)}`
    case 'poisoned':
      return `${countText(verdict.workersLost, 'worker')} died under it`
    case 'unplaceable':
      return `no worker can run it; missing: ${verdict.missing.map(oneLine).join(', ')}`
  }
}

function isWithoutAttempt({ kind }: Verdict): boolean {
  return kind === 'blocked' || kind === 'unplaceable'
}

function isRed({ kind }: Verdict): boolean {
  return kind === 'failed' || kind === 'timed-out' || kind === 'poisoned'
}

function measured({ durationMs, cases }: Outcome): readonly string[] {
  const count = cases === undefined ? 0 : cases.passed + cases.failed + cases.skipped + cases.flaky
  return [formatDuration(durationMs), ...(count > 0 ? [countText(count, 'case')] : [])]
}

/** How the failure was judged, and what to do. */
function judgedText(failure: Failure | undefined, look: Look): readonly string[] {
  const line = failure === undefined ? undefined : judgementLine(failure)
  return line === undefined ? [] : [look.paint('dim', `    ${line}`)]
}

interface Red {
  readonly verdict: Verdict
  readonly ending: LastEnding | undefined
}

function failureLines({ verdict, ending }: Red, look: Look, extent: Extent): readonly string[] {
  const failed = ending?.failedCases ?? []
  const failure = ('failure' in verdict ? verdict.failure : undefined) ?? ending?.outcome.failure
  if (failed.length > 0) {
    const judged = failed.find((one) => one.failure !== undefined)?.failure
    return [...failedCaseLines(failed, look, extent), ...judgedText(judged, look)]
  }
  return [
    ...messageLines(failure, '    ', extent),
    ...judgedText(failure, look),
    ...outputLines(ending ?? { output: '' }, look, extent),
  ]
}

/** The first line that says something; one that only announces the next comes with it. */
function firstLine(message: string): string {
  const [first = '', second] = plainLines(message)
    .map(oneLine)
    .filter((line) => line !== '')
  return first.endsWith(':') && second !== undefined ? `${first} ${second}` : first
}
