// The rules of a run that says nothing of its retries, before any category is looked at: no retry, and the usual waits for
// whoever asks for some.
import type { RetryPolicy } from './retry-policy.ts'

type Plain = Required<Omit<RetryPolicy, 'categories' | 'runners' | 'budget'>>

/** The rules of a run that says nothing of its retries. */
export const plainPolicy: Plain = {
  maxAttempts: 1,
  baseDelayMs: 100,
  factor: 2,
  maxDelayMs: 30_000,
  jitter: 1,
  backoff: 'exponential',
  maxTotalMs: null,
  maxRetryAfterMs: 300_000,
  worker: 'any',
  reservation: 'same',
  reservationFactor: 2,
  scope: 'failed-cases',
  detectFlakiness: true,
}
