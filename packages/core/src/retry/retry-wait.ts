// How long to wait before the next attempt, everything taken together: the growth of waits, what the other side asked for, and
// that no two tasks of a run begin again in the same millisecond where there is room beside it.
import { backoffDelay, waitBounds } from './backoff-delay.ts'
import type { RetryRule } from './retry-policy.ts'

/** What a wait rests on. */
export interface WaitQuestion {
  readonly rule: RetryRule
  /** Failed attempts so far, at least 1. */
  readonly failures: number
  /** What the dice say after so many failed attempts, each in [0, 1). */
  readonly rollOf: (failures: number) => number
  /** How long the other side asked to be left alone, in milliseconds. */
  readonly retryAfterMs?: number | undefined
  /** Whether another task begins again after that wait. @defaultValue none does */
  readonly isTaken?: ((delayMs: number) => boolean) | undefined
}

/** How far beside a wait another is looked for, in milliseconds. */
const widestSearchMs = 500

/** The wait in whole milliseconds. What the other side asked for comes before the usual wait, so that not all come back at once. */
export function retryWait(question: WaitQuestion): number {
  const { rule, failures, rollOf, retryAfterMs = 0, isTaken } = question
  let beforeMs = rule.baseDelayMs
  if (rule.backoff === 'decorrelated') {
    for (let at = 1; at < failures; at++) beforeMs = backoffDelay(rule, at, rollOf(at), beforeMs)
  }
  const askedMs = Math.ceil(Math.min(retryAfterMs, rule.maxRetryAfterMs))
  const drawnMs = askedMs + backoffDelay(rule, failures, rollOf(failures), beforeMs)
  if (isTaken?.(drawnMs) !== true) return drawnMs
  const { leastMs, mostMs } = waitBounds(rule, failures, beforeMs)
  return freeBeside(drawnMs, { leastMs: askedMs + leastMs, mostMs: askedMs + mostMs }, isTaken) ?? drawnMs
}

function freeBeside(
  drawnMs: number,
  { leastMs, mostMs }: { readonly leastMs: number; readonly mostMs: number },
  isTaken: (delayMs: number) => boolean,
): number | undefined {
  for (let by = 1; by <= widestSearchMs; by++) {
    const [later, earlier] = [drawnMs + by, drawnMs - by]
    if (later > mostMs && earlier < leastMs) return undefined
    if (later <= mostMs && !isTaken(later)) return later
    if (earlier >= leastMs && !isTaken(earlier)) return earlier
  }
  return undefined
}
