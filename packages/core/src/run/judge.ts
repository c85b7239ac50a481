// What a task came to, from what happened to it and nothing else. The kernel, the report and the law that compares them
// with the journal all use this one function.
import type { Failure } from '../model/failure.ts'
import { isChargedFor } from '../model/is-charged-for.ts'
import type { Outcome } from '../model/outcome.ts'
import type { LossCause } from '../model/report.ts'
import type { Verdict } from '../model/verdict.ts'
import type { GiveUpReason } from './entry.ts'

/** One attempt that is over. */
export type AttemptEnding =
  { readonly kind: 'ended'; readonly outcome: Outcome } | { readonly kind: 'lost'; readonly cause: LossCause }

/** Why a task is over, besides its attempts. */
export type TaskEnding =
  /** An attempt passed or was skipped. */
  | { readonly kind: 'settled' }
  | { readonly kind: 'gave-up'; readonly because: GiveUpReason }
  | { readonly kind: 'blocked'; readonly by: string; readonly limitMs?: number | undefined }
  | { readonly kind: 'skipped'; readonly because: string; readonly by?: string | undefined }
  | { readonly kind: 'cancelled'; readonly by: string }
  | { readonly kind: 'unplaceable'; readonly missing: readonly string[] }

/** Everything a verdict rests on. */
export interface TaskHistory {
  readonly attempts: readonly AttemptEnding[]
  readonly ending: TaskEnding
  /** Who asked for a cancel, if anybody did. */
  readonly cancelledBy?: string | undefined
}

/**
 * The verdict of a task that is over.
 *
 * @example
 * ```ts
 * judge({ attempts: [{ kind: 'ended', outcome: { result: 'failed', durationMs: 3 } },
 *   { kind: 'ended', outcome: { result: 'passed', durationMs: 2 } }], ending: { kind: 'settled' } })
 * // => { kind: 'flaky', failedAttempts: 1 }
 * ```
 */
export function judge(history: TaskHistory): Verdict {
  const { attempts, ending } = history
  switch (ending.kind) {
    case 'blocked':
    case 'skipped':
    case 'cancelled':
    case 'unplaceable':
      return ending
    case 'settled':
      return judgeSettled(attempts)
    case 'gave-up':
      return judgeGivenUp(history, ending.because)
  }
}

function judgeSettled(attempts: readonly AttemptEnding[]): Verdict {
  const last = attempts.at(-1)
  if (last?.kind === 'ended' && last.outcome.result === 'skipped') {
    return { kind: 'skipped', because: last.outcome.reason ?? 'skipped by its author' }
  }
  // What a device or the infrastructure did says nothing of the task: a pass after it is no less of one.
  const failedAttempts = attempts.filter((each) => isFailed(each) && isItsOwn(each)).length
  const flakyCases = last?.kind === 'ended' ? (last.outcome.cases?.flaky ?? 0) : 0
  return failedAttempts > 0 || flakyCases > 0 ? { kind: 'flaky', failedAttempts } : { kind: 'passed' }
}

function judgeGivenUp(history: TaskHistory, because: GiveUpReason): Verdict {
  const { attempts } = history
  switch (because) {
    case 'poisoned':
      return { kind: 'poisoned', workersLost: attempts.filter((a) => a.kind === 'lost' && a.cause === 'worker').length }
    case 'cancelled': {
      const last = attempts.at(-1)
      // An attempt that failed by itself before the cancel reached it keeps its outcome.
      if (last !== undefined && isFailed(last)) return judgeFailed(attempts)
      return { kind: 'cancelled', by: history.cancelledBy ?? 'its executor' }
    }
    case 'exhausted':
    case 'not-retryable':
    case 'lost-too-often':
    case 'not-idempotent':
    case 'out-of-time':
    case 'budget-spent':
    case 'nothing-helps':
      return judgeFailed(attempts)
  }
}

function judgeFailed(attempts: readonly AttemptEnding[]): Verdict {
  const last = attempts.at(-1)
  if (last?.kind === 'lost') return { kind: 'failed', failure: lostFailure(last.cause, attempts.length) }
  if (last === undefined) return { kind: 'failed' }
  const { result, failure } = last.outcome
  switch (result) {
    case 'timed-out':
      return { kind: 'timed-out', failure }
    case 'cancelled':
      return { kind: 'cancelled', by: 'its executor' }
    case 'failed':
    case 'passed':
    case 'skipped':
      return { kind: 'failed', failure }
  }
}

function isFailed(attempt: AttemptEnding): boolean {
  return attempt.kind === 'ended' && (attempt.outcome.result === 'failed' || attempt.outcome.result === 'timed-out')
}

function isItsOwn(attempt: AttemptEnding): boolean {
  return attempt.kind === 'ended' && isChargedFor(attempt.outcome.failure?.category)
}

const lossWords: Readonly<Record<LossCause, string>> = {
  worker: 'the worker died under it',
  coordinator: 'the run was ended under it',
  refused: 'the worker refused it',
  'pre-empted': 'it made room for another',
}

function lostFailure(cause: LossCause, attempts: number): Failure {
  return {
    category: 'infrastructure',
    fault: 'infrastructure',
    transient: true,
    message: `${attempts === 1 ? 'Its only attempt was lost' : `All its ${String(attempts)} attempts were lost`}: ${lossWords[cause]}`,
    fingerprint: `lost-${cause}`,
    evidence: [`lost by ${cause}`],
  }
}
