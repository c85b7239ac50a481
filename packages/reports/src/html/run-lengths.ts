// Columns in runs: cases of one file follow one another, so a column of files is mostly the same number again and again.
import type { RunLengths } from './report-data.ts'

/**
 * A column in runs.
 *
 * @example
 * ```ts
 * runLengths([7, 7, 7, 2]) // [7, 3, 2, 1]
 * ```
 */
export function runLengths(values: Iterable<number>): RunLengths {
  const runs: number[] = []
  for (const value of values) {
    const at = runs.length - 2
    if (at >= 0 && runs[at] === value) runs[at + 1] = (runs[at + 1] ?? 0) + 1
    else runs.push(value, 1)
  }
  return runs
}

/** The number at a position of a column in runs; 0 beyond its end. */
export function numberAt(runs: RunLengths, position: number): number {
  let end = 0
  for (let run = 0; run + 1 < runs.length; run += 2) {
    end += runs[run + 1] ?? 0
    if (position < end) return runs[run] ?? 0
  }
  return 0
}
