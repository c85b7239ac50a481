// Which of several ready tasks goes to which of several free workers, all at once: what is best for the first task may cost the
// others more. The Hungarian method (Kuhn 1955, by shortest augmenting paths) finds the largest sum there is.
import { MusterError } from '@muster/core'

/** A batch that was assigned. */
export interface BatchAssignment {
  /** For each task the column it got; -1 where it got none. */
  readonly columns: readonly number[]
  /** Sum of the scores that were taken. */
  readonly total: number
}

/**
 * Assigns rows, the tasks, to columns, the places, each at most once, with the largest sum of scores. `undefined`, or a score that
 * is no number, is a place that a task may not have. As many tasks as can be placed need not be: a pair counts by its score alone, and
 * no score below 0 is taken.
 *
 * Time grows with rows squared times columns: for batches of up to some hundreds.
 *
 * @example
 * ```ts
 * const scores = [[90, 80], [85, 10]]
 * assignBatch(scores) // => { columns: [1, 0], total: 165 }
 * ```
 */
export function assignBatch(scores: readonly (readonly (number | undefined)[])[]): BatchAssignment {
  const rows = scores.length
  const width = scores[0]?.length ?? 0
  const uneven = scores.findIndex((row) => row.length !== width)
  if (uneven !== -1) {
    throw new MusterError('OPTIONS_INVALID', {
      expected: `every row to have ${width} scores`,
      got: `${scores[uneven]?.length ?? 0} in row ${uneven}`,
    })
  }
  // A column of its own for each row stands for no place at all: a score of 0.
  const score = (row: number, column: number): number => {
    const own = column < width ? scores[row]?.[column] : 0
    return own !== undefined && Number.isFinite(own) && own > 0 ? own : 0
  }
  const rowOf = hungarian({ rows, columns: width + rows, cost: (row, column) => 0 - score(row, column) })
  const columns = Array.from({ length: rows }, () => -1)
  let total = 0
  for (let column = 0; column < width; column++) {
    const row = rowOf[column] ?? -1
    const given = row === -1 ? undefined : scores[row]?.[column]
    if (given === undefined || !Number.isFinite(given) || given < 0) continue
    columns[row] = column
    total += given
  }
  return { columns, total }
}

interface CostTable {
  readonly rows: number
  /** At least as many as rows. */
  readonly columns: number
  readonly cost: (row: number, column: number) => number
}

/** The row that each column got; -1 where none. */
function hungarian({ rows, columns, cost }: CostTable): Int32Array {
  const rowPotential = new Float64Array(rows)
  const columnPotential = new Float64Array(columns + 1)
  // One column more, where each new row waits.
  const rowOf = new Int32Array(columns + 1).fill(-1)
  const before = new Int32Array(columns + 1)
  for (let row = 0; row < rows; row++) {
    const least = new Float64Array(columns).fill(Infinity)
    const isSeen = new Uint8Array(columns + 1)
    let at = columns
    rowOf[at] = row
    while (rowOf[at] !== -1) {
      isSeen[at] = 1
      const from = rowOf[at] ?? 0
      let step = Infinity
      let next = columns
      for (let column = 0; column < columns; column++) {
        if (isSeen[column] === 1) continue
        const reduced = cost(from, column) - (rowPotential[from] ?? 0) - (columnPotential[column] ?? 0)
        if (reduced < (least[column] ?? 0)) {
          least[column] = reduced
          before[column] = at
        }
        if ((least[column] ?? 0) < step) {
          step = least[column] ?? 0
          next = column
        }
      }
      for (let column = 0; column <= columns; column++) {
        if (isSeen[column] === 1) {
          const of = rowOf[column] ?? 0
          rowPotential[of] = (rowPotential[of] ?? 0) + step
          columnPotential[column] = (columnPotential[column] ?? 0) - step
        } else if (column < columns) least[column] = (least[column] ?? 0) - step
      }
      at = next
    }
    while (at !== columns) {
      const from = before[at] ?? columns
      rowOf[at] = rowOf[from] ?? -1
      at = from
    }
    rowOf[columns] = -1
  }
  return rowOf
}
