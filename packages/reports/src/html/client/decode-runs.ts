// Columns in runs, spelled out again.

/** A column of `length` values from its runs. */
export function decodeRuns(runs: readonly number[], length: number): Int32Array {
  const column = new Int32Array(length)
  let at = 0
  for (let run = 0; run + 1 < runs.length; run += 2) {
    const value = runs[run] ?? 0
    const end = Math.min(length, at + (runs[run + 1] ?? 0))
    column.fill(value, at, end)
    at = end
  }
  return column
}
