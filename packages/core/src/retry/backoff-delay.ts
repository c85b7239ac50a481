// Capped exponential backoff with jitter, as data: the dice are rolled elsewhere.
import type { Resolved } from '../options/resolved.ts'
import type { RetryOptions } from './retry-options.ts'

/**
 * The wait before the next attempt, in whole milliseconds, after `failures` failed ones. The jitter is taken off below
 * the cap, so no wait is ever longer than `maxDelayMs`. With `jitter: 1` this is "full jitter" (M. Brooker,
 * "Exponential Backoff and Jitter", AWS Architecture Blog, 2015).
 *
 * @example
 * ```ts
 * backoffDelay({ maxAttempts: 5, baseDelayMs: 100, factor: 2, maxDelayMs: 1000, jitter: 0 }, 3, 0.5) // => 400
 * ```
 */
export function backoffDelay(retry: Resolved<RetryOptions>, failures: number, roll: number): number {
  const whole = Math.min(retry.maxDelayMs, retry.baseDelayMs * retry.factor ** (failures - 1))
  return Math.round(whole * (1 - retry.jitter * roll))
}
