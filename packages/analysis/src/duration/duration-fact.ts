// From past durations to what is expected of the next one. Durations of tests have a long tail upwards: one attempt beside a
// busy neighbour takes ten times as long. So the middle and the spread are order statistics, which such an attempt cannot
// drag along, and nothing is assumed of the shape. No sample means no fact: what is unknown is not zero.
import type { DurationFact } from '@muster/core'
import { sortedQuantile, sortFinite } from '../statistics/quantile.ts'

/**
 * What `samplesMs`, durations in milliseconds of attempts that passed, say of the next such attempt; nothing where there
 * are none. `samples` tells how much to trust it: from one sample the spread is zero because nothing is known of it.
 *
 * @example
 * ```ts
 * durationFact([100, 110, 5000]) // => { medianMs: 110, p10Ms: 102, p90Ms: 4022, samples: 3 }
 * durationFact([]) // => undefined
 * ```
 */
export function durationFact(samplesMs: readonly number[]): DurationFact | undefined {
  const sorted = sortFinite(samplesMs)
  const medianMs = sortedQuantile(sorted, 0.5)
  const p10Ms = sortedQuantile(sorted, 0.1)
  const p90Ms = sortedQuantile(sorted, 0.9)
  if (medianMs === undefined || p10Ms === undefined || p90Ms === undefined) return undefined
  return { medianMs, p10Ms, p90Ms, samples: sorted.length }
}
