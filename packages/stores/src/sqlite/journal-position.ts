// Where a row lies: the run's key in the upper part of one integer, the row's number in the lower. One integer is the
// cheapest key SQLite has: rows of a run lie side by side, and appending splits no pages.
const rowsPerRun = 2 ** 32

/** The integer key of a row; `seq` is below 2^32, and the sum stays exact for two million runs. */
export function positionOf(runKey: number, seq: number): number {
  return runKey * rowsPerRun + seq
}

/** The row's number within its run. */
export function seqOf(position: number): number {
  return position % rowsPerRun
}

/** The key of the run that a row belongs to. */
export function runKeyOf(position: number): number {
  return Math.floor(position / rowsPerRun)
}
