// Failures found per second: what is likely to fail and soon over tells the most for its time. By the same exchange argument
// as for weighted shortest processing time, no other order finds expected failures sooner on one worker.
import { MusterError, type Policy } from '@muster/core'
import { expectedDurationMs } from '../strategy/expected-duration.ts'

/** What is assumed of tasks without a past. */
export interface LikelyToFailOptions {
  /** Share of runs in which a task fails of which nothing is known, 0 to 1. @defaultValue `0.1` */
  readonly unknownRate?: number | undefined
  /** Milliseconds that a task of unknown duration takes. @defaultValue `1000` */
  readonly unknownMs?: number | undefined
}

/**
 * The task with the largest failure rate for each second that it takes first.
 *
 * *When to use*: whoever waits wants to hear of a failure, or a run stops at its first ones. Measure: time to the first failures.
 */
export function likelyToFailFirst({ unknownRate = 0.1, unknownMs = 1000 }: LikelyToFailOptions = {}): Policy {
  if (!(unknownRate >= 0 && unknownRate <= 1))
    throw new MusterError('OPTIONS_INVALID', { expected: 'unknownRate from 0 to 1', got: String(unknownRate) })
  if (!(Number.isFinite(unknownMs) && unknownMs >= 0))
    throw new MusterError('OPTIONS_INVALID', { expected: 'unknownMs from 0 up', got: String(unknownMs) })
  return {
    name: 'likely-to-fail-first',
    key: ({ definition, facts }) => {
      const rate = facts?.failureRate ?? unknownRate
      const share = rate >= 0 && rate <= 1 ? rate : unknownRate
      // Below a millisecond nobody can tell.
      return 0 - (1000 * share) / Math.max(1, expectedDurationMs(definition, facts) ?? unknownMs)
    },
  }
}
