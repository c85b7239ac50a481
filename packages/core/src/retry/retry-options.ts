// What is tried again, how often, how soon and where, as the user says it: for a run, for the tasks of a runner, for one task,
// and in each of these for a category of failures. What is left out is left to the next wider of these.
import type { FailureCategory } from '../model/failure.ts'
import type { RecoveryStep } from '../recovery/recovery-step.ts'

/** How waits grow from one attempt to the next. */
export type Backoff = 'constant' | 'linear' | 'exponential' | 'decorrelated'

/** Which worker the next attempt should have. */
export type RetryWorker = 'any' | 'other' | 'same'

/** What the next attempt should reserve. */
export type RetryReservation = 'same' | 'larger' | 'whole-worker'

/**
 * Which failures of a category are worth another attempt: none; those that may pass (`transient`); those and, where flakiness
 * is to be detected, all others, marked as such; all.
 */
export type RetryWhen = 'never' | 'transient' | 'detect-flakiness' | 'always'

/** What the next attempt runs: the cases that failed, where that can be, or the whole task. */
export type RetryScope = 'failed-cases' | 'task'

/** How often, how soon and where an attempt is repeated. */
export interface RetryRuleOptions {
  /** Charged attempts in all, the first included. @defaultValue `1`, no retry */
  readonly maxAttempts?: number | undefined
  /**
   * How waits grow: all alike, by the first wait each time, by `factor`, or drawn between the first and three times the
   * wait before ("decorrelated jitter", which has its jitter in itself). @defaultValue `'exponential'`
   */
  readonly backoff?: Backoff | undefined
  /** Wait before the second attempt, in milliseconds. @defaultValue `100`, and `1000` after a failure of the network */
  readonly baseDelayMs?: number | undefined
  /** Factor from one wait to the next, where they grow exponentially. @defaultValue `2` */
  readonly factor?: number | undefined
  /** Longest wait in milliseconds, jitter included. @defaultValue `30_000` */
  readonly maxDelayMs?: number | undefined
  /**
   * Share of each wait that the dice decide, 0 to 1: 1 draws from zero to the whole wait ("full jitter"), 0 always waits
   * the whole. @defaultValue `1`
   */
  readonly jitter?: number | undefined
  /** No attempt begins later than this after the first was launched, in milliseconds; `null` is no limit. @defaultValue `null` */
  readonly maxTotalMs?: number | null | undefined
  /** Most that a server's `Retry-After` is waited for, in milliseconds. @defaultValue `300_000` */
  readonly maxRetryAfterMs?: number | undefined
  /** Which worker is preferred, where one has room. @defaultValue `'any'`, and another one where the worker may be to blame */
  readonly worker?: RetryWorker | undefined
  /**
   * What the next attempt reserves: as much, `reservationFactor` times what ran out, or a whole worker for itself.
   * @defaultValue `'same'`, and `'larger'` where something ran out
   */
  readonly reservation?: RetryReservation | undefined
  /** By how much a larger reservation is larger. @defaultValue `2` */
  readonly reservationFactor?: number | undefined
  /**
   * What runs again: only the cases that failed, where the runner can run them alone, nothing but them failed and their names
   * tell them apart; or always the whole task, for files whose cases need one another. @defaultValue `'failed-cases'`
   */
  readonly scope?: RetryScope | undefined
}

/** {@link RetryRuleOptions} for the failures of one category. */
export interface CategoryRetryOptions extends RetryRuleOptions {
  /** Which failures of the category are tried again. @defaultValue by category, as `defaultRetry` says */
  readonly when?: RetryWhen | undefined
  /**
   * How one attempt after the other is made, from the mildest to the strongest: each failure of the category climbs one rung, and
   * rungs that cannot be carried out now are passed over. A rung goes before `worker` and `reservation`, and where it says a wait
   * before that; the other fields hold all the same. `planRecovery` makes ladders from what has helped.
   * @defaultValue none: every attempt is made alike
   */
  readonly ladder?: readonly RecoveryStep[] | undefined
}

/** How attempts are repeated. */
export interface RetryOptions extends RetryRuleOptions {
  /**
   * Whether what says something of the code (an assertion, an exception) is tried again as well, only to learn whether it is
   * flaky; such retries are marked. @defaultValue `true`
   */
  readonly detectFlakiness?: boolean | undefined
  /** What holds for some categories: attempts in all, `'never'`, or more. @defaultValue as `defaultRetry` says */
  readonly categories?: Readonly<Partial<Record<FailureCategory, number | 'never' | CategoryRetryOptions>>> | undefined
}

/** How many retries a whole run may make: the larger of both. */
export interface RetryBudgetOptions {
  /** Retries for each task of the run. @defaultValue `0.1` */
  readonly share?: number | undefined
  /** Retries of any run, however small. @defaultValue `20` */
  readonly floor?: number | undefined
  /** Of all these, the share that may go into seeing whether tests are flaky, 0 to 1. @defaultValue `0.5` */
  readonly flakinessShare?: number | undefined
}

/** How attempts of a run are repeated. What a task says goes before what is said of its runner, and that before the run's. */
export interface RunRetryOptions extends RetryOptions {
  /** What holds for the tasks of some kinds: attempts in all, or more. @defaultValue the run's */
  readonly runners?: Readonly<Record<string, number | RetryOptions>> | undefined
  /** Retries of all tasks together; `null` is no limit. Attempts that were lost are not counted. @defaultValue a tenth of the tasks, at least 20 */
  readonly budget?: RetryBudgetOptions | null | undefined
}
