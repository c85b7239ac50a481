// The middle of a sample: half of it may be nonsense before the median is.
import { quantile } from './quantile.ts'

/**
 * The median of `values`, or nothing where there are none.
 *
 * @example
 * ```ts
 * median([10, 12, 900]) // => 12
 * ```
 */
export function median(values: readonly number[]): number | undefined {
  return quantile(values, 0.5)
}
