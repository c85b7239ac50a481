// The rules of retries after the door, as a run keeps them in its journal: whoever resumes it decides by the same ones, even
// where what holds by default has changed since. Runs from before categories were looked at have the first five fields only.
import type { FailureCategory } from '../model/failure.ts'
import type { RecoveryStep } from '../recovery/recovery-step.ts'
import type {
  Backoff,
  CategoryRetryOptions,
  RetryOptions,
  RetryReservation,
  RetryScope,
  RetryWhen,
  RetryWorker,
} from './retry-options.ts'

/** What holds for one failure of one task: every field has a value. */
export interface RetryRule {
  readonly maxAttempts: number
  readonly backoff: Backoff
  readonly baseDelayMs: number
  readonly factor: number
  readonly maxDelayMs: number
  readonly jitter: number
  readonly maxTotalMs: number | null
  readonly maxRetryAfterMs: number
  readonly worker: RetryWorker
  readonly reservation: RetryReservation
  readonly reservationFactor: number
  readonly scope: RetryScope
  readonly when: RetryWhen
  readonly detectFlakiness: boolean
  /** Absent where every attempt is made alike. */
  readonly ladder?: readonly RecoveryStep[] | undefined
}

/** How many retries a run may make. */
export interface RetryBudget {
  readonly share: number
  readonly floor: number
  /** Absent in runs from before retries that look for flakiness had a share of their own: they may use it up. */
  readonly flakinessShare?: number | undefined
}

/** The rules of a run. */
export interface RetryPolicy {
  readonly maxAttempts: number
  readonly baseDelayMs: number
  readonly factor: number
  readonly maxDelayMs: number
  readonly jitter: number
  readonly backoff?: Backoff | undefined
  readonly maxTotalMs?: number | null | undefined
  readonly maxRetryAfterMs?: number | undefined
  readonly worker?: RetryWorker | undefined
  readonly reservation?: RetryReservation | undefined
  readonly reservationFactor?: number | undefined
  /** Absent in runs from before it was asked: the whole task. */
  readonly scope?: RetryScope | undefined
  readonly detectFlakiness?: boolean | undefined
  /** What holds for each category; absent in runs from before there was any: whatever failed is tried again. */
  readonly categories?: Readonly<Partial<Record<FailureCategory, CategoryRetryOptions>>> | undefined
  readonly runners?: Readonly<Record<string, RetryOptions>> | undefined
  readonly budget?: RetryBudget | null | undefined
}
