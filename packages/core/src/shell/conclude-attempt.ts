// From what an executor gave back to the outcome that the kernel keeps: one set of rules for every place in which attempts
// run. What came back was written by strangers, so it is looked at before it is believed.
import { failureCancelled } from '../failure/failure-cancelled.ts'
import { failureFromError } from '../failure/failure-from-error.ts'
import { failureOverLimit, type OverLimit } from '../failure/failure-over-limit.ts'
import { failureTimeout } from '../failure/failure-timeout.ts'
import { makeFailure } from '../failure/make-failure.ts'
import { observedFailure } from '../failure/observed-failure.ts'
import type { Failure } from '../model/failure.ts'
import type { Artifact, AttemptDetails, CaseName, CaseResult, Leaks, Outcome, Result } from '../model/outcome.ts'
import { withinScope } from '../model/within-scope.ts'
import type { AttemptResult } from '../ports/executor.ts'
import { withFailedCases } from '../run/failed-cases.ts'
import { withScope } from '../run/settle-scope.ts'
import type { CapturedOutput } from './captured-output.ts'
import { lossOf } from './loss-of.ts'
import { countCases, failureOfCases, settleCases } from './settle-cases.ts'

/** Why an attempt was told to end. */
export type StopCause =
  { readonly kind: 'cancelled'; readonly because: string } | { readonly kind: 'timed-out'; readonly limitMs: number }

/** Why an attempt was ended: what it was told, or what its supervisor knows better. */
export type EndCause = StopCause | ({ readonly kind: 'over-limit' } & OverLimit)

/** What was collected through the context while the attempt ran. */
export interface Gathered {
  readonly cases: readonly CaseResult[]
  readonly artifacts: readonly Artifact[]
  /** What executors left running. @defaultValue nothing */
  readonly leaks?: Leaks | undefined
  readonly stdout: CapturedOutput | undefined
  readonly stderr: CapturedOutput | undefined
}

/** What else is known when an attempt ends. */
export interface Conclusion {
  readonly durationMs: number
  readonly stopped: EndCause | undefined
  readonly gathered: Gathered | undefined
  /** The cases that it was to run, where it was not all. @defaultValue all */
  readonly scope?: readonly CaseName[] | undefined
  /** Told what the person should know. @defaultValue nobody is told */
  readonly note?: ((text: string) => void) | undefined
}

const results: ReadonlySet<unknown> = new Set<Result>(['passed', 'failed', 'timed-out', 'cancelled', 'skipped'])

/** The result of an executor that threw. */
export function threw(error: unknown, evidence: readonly string[] = []): AttemptResult {
  return failed(failureFromError(error, evidence))
}

/** A failed result; the time is filled in when the attempt is concluded. */
export function failed(failure: Failure): AttemptResult {
  return { outcome: { result: 'failed', durationMs: 0, failure } }
}

/** Puts together what the executor said, what was collected, and what the host knows better: the time, and why it ended. */
export function concludeAttempt(returned: AttemptResult, conclusion: Conclusion): AttemptResult {
  const { durationMs, stopped, gathered } = conclusion
  const result = isResult(returned) ? returned : failed(noOutcome(returned))
  const lost = lossOf(result.outcome.output)
  const told = lost === undefined ? withLimit(result.outcome, durationMs) : failed(lost).outcome
  const { scope } = conclusion
  const isBare = gathered === undefined && result.details === undefined && told.cases === undefined
  if (isBare && stopped === undefined && scope === undefined && told.failedCases === undefined) {
    return { outcome: { ...told, durationMs } }
  }
  const given = detailsOf(result.details, gathered)
  const { cases: settled, notes } = settleCases(given?.cases ?? [])
  for (const text of notes) conclusion.note?.(text)
  const cases = scope === undefined ? settled : withinScope(settled, scope)
  const judged = withFailedCases(withScope(withCases(told, cases), cases, scope), cases)
  const outcome = stopped === undefined ? judged : afterStop(judged, stopped)
  const artifacts = [...(outcome.artifacts ?? []), ...(gathered?.artifacts ?? [])]
  const leaks = gathered?.leaks
  return {
    outcome: {
      ...outcome,
      durationMs,
      ...(artifacts.length === 0 ? {} : { artifacts }),
      ...(leaks === undefined || leaks.count === 0 ? {} : { leaks }),
    },
    ...(given === undefined ? {} : { details: { ...given, cases } }),
  }
}

/** The outcome with its cases: one that calls itself green although a case failed has failed. */
function withCases(told: Outcome, cases: readonly CaseResult[]): Outcome {
  const counts = told.cases ?? countCases(cases)
  if (counts === undefined) return told
  const failure = told.result === 'passed' || told.result === 'skipped' ? failureOfCases(cases, counts) : undefined
  if (failure === undefined) return { ...told, cases: counts }
  // Counts that deny a failed case are no better than the word of who made them.
  const honest = counts.failed > 0 ? counts : (countCases(cases) ?? counts)
  return { ...told, result: 'failed', failure, cases: honest }
}

/** An attempt that passed its limit did so whatever came of it; one that was quicker than its cancel keeps its outcome. */
export function afterStop({ failedCases, ...outcome }: Outcome, stopped: EndCause): Outcome {
  const found = outcome.failure === undefined ? [] : [`ended with: ${outcome.failure.message}`]
  switch (stopped.kind) {
    case 'timed-out': {
      const evidence = outcome.result === 'passed' ? ['passed, but too late'] : found
      return { ...outcome, result: 'timed-out', failure: failureTimeout(stopped.limitMs, evidence, ranOf(outcome)) }
    }
    case 'over-limit':
      return { ...outcome, result: 'failed', failure: failureOverLimit(stopped) }
    case 'cancelled':
      if (outcome.result !== 'failed') return outcome
      return { ...outcome, result: 'cancelled', failure: failureCancelled(stopped.because, found) }
  }
}

/** What a runner says that it ran when its time was over: nobody else knows. */
function ranOf({ result, failure }: Outcome): string | undefined {
  return result === 'timed-out' && failure?.rule === 'signals/time-limit' ? failure.message : undefined
}

/** An executor that only says `timed-out` has a limit of its own, which nobody here knows. */
function withLimit(told: Outcome, durationMs: number): Outcome {
  if (told.result !== 'timed-out' || told.failure !== undefined) return told
  const message = `The executor says that it ran out of time, after ${Math.round(durationMs)} ms; it does not say which limit that was`
  return {
    ...told,
    failure: observedFailure('time-limit', {
      message,
      evidence: ['result timed-out'],
      template: message.replace(/\d+/, ''),
    }),
  }
}

function detailsOf(given: AttemptDetails | undefined, gathered: Gathered | undefined): AttemptDetails | undefined {
  const cases = given?.cases ?? gathered?.cases ?? []
  const stdout = given?.stdout ?? gathered?.stdout?.text()
  const stderr = given?.stderr ?? gathered?.stderr?.text()
  if (cases.length === 0 && stdout === undefined && stderr === undefined) return undefined
  return { cases, ...(stdout === undefined ? {} : { stdout }), ...(stderr === undefined ? {} : { stderr }) }
}

function isResult(given: unknown): given is AttemptResult {
  if (typeof given !== 'object' || given === null || !('outcome' in given)) return false
  const { outcome } = given
  return typeof outcome === 'object' && outcome !== null && 'result' in outcome && results.has(outcome.result)
}

/** What an executor gave back threw when it was looked at. */
export function unreadable(error: unknown): Failure {
  const message = `What the executor returned does not survive JSON: ${failureFromError(error).message}`
  return makeFailure({ category: 'configuration', fault: 'test', message, evidence: ['output cannot be kept'] })
}

function noOutcome(given: unknown): Failure {
  const message = `The executor gave back ${given === null ? 'null' : `a value of type ${typeof given}`} that is no outcome`
  return makeFailure({ category: 'configuration', fault: 'test', message, evidence: ['no outcome'] })
}
