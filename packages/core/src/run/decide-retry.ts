// Whether a task is tried again after an attempt that did not pass, when and where, and what that rests on. Knows nothing of
// clocks, dice and workers: everything comes in as data, so whoever adds a rule adds a field and a reason.
import type { FailureCategory } from '../model/failure.ts'
import { isChargedFor } from '../model/is-charged-for.ts'
import type { LossCause } from '../model/report.ts'
import type { RetryReservation, RetryWorker } from '../retry/retry-options.ts'
import type { RetryRule } from '../retry/retry-policy.ts'
import { retryWait } from '../retry/retry-wait.ts'
import type { GiveUpReason, RetryReason } from './entry.ts'

/** What is known of an attempt that ended without passing. */
export interface FailedAttempt {
  readonly category: FailureCategory
  /** Whether the same attempt could well pass if it were repeated. */
  readonly transient: boolean
  /** How long the other side asked to be left alone, in milliseconds. */
  readonly retryAfterMs?: number | undefined
}

/** What the decision rests on. */
export interface RetryQuestion {
  /** What holds for this failure of this task. */
  readonly rule: RetryRule
  /** How the last attempt was over: ended without passing, or lost by whose fault. */
  readonly ending: 'failed' | 'lost-worker' | 'lost-uncharged' | 'refused'
  /** Where it ended. */
  readonly failed?: FailedAttempt | undefined
  /** Attempts that ended without passing and are charged to the task, this one included where it is. */
  readonly charged: number
  /** Attempts that ended by a failure of the infrastructure, which are not charged. */
  readonly uncharged: number
  /** Attempts lost with their worker. */
  readonly workersLost: number
  /** Attempts lost in any way. */
  readonly losses: number
  readonly poisonAfter: number
  readonly maxLosses: number
  /** Somebody asked for an end. */
  readonly cancelled: boolean
  /** Whether the task may run twice. */
  readonly isIdempotent: boolean
  /** Since its first attempt was launched, in milliseconds. */
  readonly elapsedMs: number
  /** Retries that the run may still make. */
  readonly budgetLeft: number
  /** Of these, those that it may make only to see whether a test is flaky. @defaultValue all */
  readonly flakinessLeft?: number | undefined
  /** What seeded dice say after so many failed attempts: numbers in [0, 1). */
  readonly rollOf: (failures: number) => number
  /** Whether another task begins again after that wait. @defaultValue none does */
  readonly isTaken?: ((delayMs: number) => boolean) | undefined
}

/** What to do with the task now. */
export type RetryDecision =
  | {
      readonly kind: 'retry'
      readonly delayMs: number
      readonly because: RetryReason
      /** Whether it is paid for from the budget of the run. */
      readonly isPaid: boolean
      readonly worker: RetryWorker
      readonly reservation: RetryReservation
    }
  | { readonly kind: 'stop'; readonly because: GiveUpReason }

/** Decides what follows an attempt that did not pass. Only charged attempts use up `maxAttempts`. */
export function decideRetry(question: RetryQuestion): RetryDecision {
  const { ending, cancelled, isIdempotent } = question
  if (cancelled) return stop('cancelled')
  // What was refused never started; of what was lost nobody knows.
  if (!isIdempotent && ending !== 'refused') return stop('not-idempotent')
  const decision = ending === 'failed' ? afterFailure(question) : afterLoss(question, ending)
  return decision.kind === 'retry' && isTooLate(question, decision.delayMs) ? stop('out-of-time') : decision
}

function afterFailure(question: RetryQuestion): RetryDecision {
  const { rule, failed, charged, uncharged, poisonAfter, budgetLeft } = question
  const isCharged = isChargedFor(failed?.category)
  if (isCharged && charged >= rule.maxAttempts) return stop('exhausted')
  const because = isCharged
    ? reasonFor(rule, failed?.transient ?? true)
    : rule.when === 'never'
      ? undefined
      : 'not-its-fault'
  if (because === undefined) return stop('not-retryable')
  if (!isCharged && uncharged >= poisonAfter) return stop('lost-too-often')
  if (budgetLeft <= 0) return stop('budget-spent')
  // What is not meant to help must not use up what is.
  if (because === 'detect-flakiness' && (question.flakinessLeft ?? Infinity) <= 0) return stop('budget-spent')
  const delayMs = retryWait({
    rule,
    failures: Math.max(1, isCharged ? charged : uncharged),
    rollOf: question.rollOf,
    retryAfterMs: failed?.retryAfterMs,
    isTaken: question.isTaken,
  })
  return { kind: 'retry', delayMs, because, isPaid: true, worker: rule.worker, reservation: rule.reservation }
}

/** Why it is worth another attempt, or nothing where it is not. */
function reasonFor({ when, detectFlakiness }: RetryRule, isTransient: boolean): RetryReason | undefined {
  switch (when) {
    case 'never':
      return undefined
    case 'transient':
      return isTransient ? 'may-pass' : undefined
    case 'detect-flakiness':
      return isTransient ? 'may-pass' : detectFlakiness ? 'detect-flakiness' : undefined
    case 'always':
      return 'may-pass'
  }
}

function afterLoss(question: RetryQuestion, ending: Exclude<RetryQuestion['ending'], 'failed'>): RetryDecision {
  const { workersLost, losses, poisonAfter, maxLosses } = question
  switch (ending) {
    case 'lost-worker':
      if (workersLost >= poisonAfter) return stop('poisoned')
      return losses >= maxLosses ? stop('lost-too-often') : again(0, 'lost')
    case 'refused':
      // Nothing ran: wait a little longer each time, so that a full worker is not asked in a circle.
      if (losses >= maxLosses) return stop('lost-too-often')
      return again(Math.min(5_000, 50 * 2 ** Math.min(losses - 1, 10)), 'refused')
    case 'lost-uncharged':
      return losses >= maxLosses ? stop('lost-too-often') : again(0, 'lost')
  }
}

function isTooLate({ rule, elapsedMs }: RetryQuestion, delayMs: number): boolean {
  return rule.maxTotalMs !== null && elapsedMs + delayMs > rule.maxTotalMs
}

function again(delayMs: number, because: RetryReason): RetryDecision {
  return { kind: 'retry', delayMs, because, isPaid: false, worker: 'any', reservation: 'same' }
}

function stop(because: GiveUpReason): RetryDecision {
  return { kind: 'stop', because }
}

/** How the decision takes an attempt that was lost: only a refusal makes it wait, only a worker's death may poison. */
export function endingOfLoss(cause: LossCause): RetryQuestion['ending'] {
  switch (cause) {
    case 'worker':
      return 'lost-worker'
    case 'refused':
      return 'refused'
    case 'coordinator':
    case 'pre-empted':
      return 'lost-uncharged'
  }
}
