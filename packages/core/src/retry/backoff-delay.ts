// The wait before the next attempt, as data: the dice are rolled elsewhere. Whatever the dice say, no wait is longer than the
// longest that was allowed.
import type { Backoff } from './retry-options.ts'

/** How waits grow. */
export interface BackoffRule {
  /** @defaultValue `'exponential'` */
  readonly backoff?: Backoff | undefined
  readonly baseDelayMs: number
  readonly factor: number
  readonly maxDelayMs: number
  readonly jitter: number
}

/** Two bounds between which a wait is drawn, in milliseconds. */
export interface WaitBounds {
  readonly leastMs: number
  readonly mostMs: number
}

/**
 * The wait before the next attempt, in whole milliseconds, after `failures` failed ones. The jitter is taken off below
 * the cap, so no wait is ever longer than `maxDelayMs`. With `jitter: 1` this is "full jitter" (M. Brooker,
 * "Exponential Backoff and Jitter", AWS Architecture Blog, 2015); decorrelated waits, from there too, are drawn from the
 * wait before.
 *
 * @example
 * ```ts
 * backoffDelay({ baseDelayMs: 100, factor: 2, maxDelayMs: 1000, jitter: 0 }, 3, 0.5) // => 400
 * ```
 */
export function backoffDelay(
  rule: BackoffRule,
  failures: number,
  roll: number,
  beforeMs: number = rule.baseDelayMs,
): number {
  const { leastMs, mostMs } = waitBounds(rule, failures, beforeMs)
  if (rule.backoff === 'decorrelated') return Math.round(leastMs + (mostMs - leastMs) * roll)
  return Math.round(mostMs * (1 - rule.jitter * roll))
}

/** The bounds of that wait; `beforeMs` is the wait before it, which only decorrelated waits look at. */
export function waitBounds(rule: BackoffRule, failures: number, beforeMs: number = rule.baseDelayMs): WaitBounds {
  const { baseDelayMs, maxDelayMs, jitter } = rule
  if (rule.backoff === 'decorrelated') {
    const leastMs = Math.min(maxDelayMs, baseDelayMs)
    return { leastMs, mostMs: Math.min(maxDelayMs, Math.max(leastMs, beforeMs * 3)) }
  }
  // Nothing stays nothing, however often it is multiplied.
  const mostMs = baseDelayMs === 0 ? 0 : Math.min(maxDelayMs, baseDelayMs * growth(rule, failures))
  return { leastMs: mostMs * (1 - jitter), mostMs }
}

function growth(retry: BackoffRule, failures: number): number {
  switch (retry.backoff) {
    case 'constant':
      return 1
    case 'linear':
      return failures
    case 'exponential':
    case 'decorrelated':
    case undefined:
      return retry.factor ** (failures - 1)
  }
}
