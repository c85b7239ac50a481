// One definition of a quantile for the whole package. The arithmetic is simple-statistics'; what this adds is the door: the
// library throws on no values and lets NaN through, and an empty history must be an answer rather than an accident.
import { MusterError } from '@muster/core'
import { quantileSorted } from 'simple-statistics'

/**
 * The `p` quantile of `values`, `p` from 0 to 1, or nothing where there are no values.
 *
 * Details: type 7 of Hyndman and Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50 (1996):
 * linear between the two nearest order statistics, the default of R and NumPy. The result never leaves the range of the
 * values and never falls as `p` grows.
 *
 * @example
 * ```ts
 * quantile([4, 1, 3, 2], 0.5) // => 2.5
 * quantile([], 0.5) // => undefined
 * ```
 */
export function quantile(values: readonly number[], p: number): number | undefined {
  return sortedQuantile(sortFinite(values), p)
}

/** As {@link quantile}, for values that are sorted and finite already. */
export function sortedQuantile(sorted: readonly number[], p: number): number | undefined {
  if (!(p >= 0 && p <= 1)) {
    throw new MusterError('OPTIONS_INVALID', { expected: 'p to be a number from 0 to 1', got: String(p) })
  }
  const least = sorted[0]
  const greatest = sorted.at(-1)
  if (least === undefined || greatest === undefined) return undefined
  // Rounding may carry an interpolation a hair past its end.
  return Math.min(greatest, Math.max(least, quantileSorted([...sorted], p)))
}

/** A sorted copy. A value that is not finite is refused by its position, since it has no place in an order. */
export function sortFinite(values: readonly number[]): readonly number[] {
  const odd = values.findIndex((value) => !Number.isFinite(value))
  if (odd >= 0) {
    throw new MusterError('OPTIONS_INVALID', {
      expected: 'finite numbers',
      got: `${String(values[odd])} at position ${odd}`,
      remedy: 'Leave out what was not measured; it is not zero.',
    })
  }
  return values.toSorted((a, b) => a - b)
}
