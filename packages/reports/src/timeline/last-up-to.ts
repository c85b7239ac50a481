// Looking something up in what is sorted: a timeline of a hundred thousand attempts is asked for moments again and again.

/**
 * The last of `length` places that fits, where all that fit come first; -1 where none does.
 *
 * @example
 * ```ts
 * const ends = [10, 20, 30]
 * lastUpTo(ends.length, (at) => (ends[at] ?? 0) <= 25) // 1
 * ```
 */
export function lastUpTo(length: number, fits: (at: number) => boolean): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >> 1
    if (fits(middle)) low = middle + 1
    else high = middle
  }
  return low - 1
}
