import fc from 'fast-check'
import { expect, test } from 'vitest'
import { assignBatch } from './assign-batch.ts'

type Table = readonly (readonly (number | undefined)[])[]

const table: fc.Arbitrary<Table> = fc
  .record({ rows: fc.integer({ min: 0, max: 6 }), columns: fc.integer({ min: 0, max: 6 }) })
  .chain(({ rows, columns }) =>
    fc.array(
      fc.array(fc.oneof(fc.integer({ min: 0, max: 100 }), fc.constant(undefined), fc.constant(NaN), fc.constant(-5)), {
        minLength: columns,
        maxLength: columns,
      }),
      { minLength: rows, maxLength: rows },
    ),
  )

const allowed = (score: number | undefined): score is number => score !== undefined && score >= 0

/** Each task in turn takes the best place that is left. */
function greedy(scores: Table): number {
  const taken = new Set<number>()
  let total = 0
  for (const row of scores) {
    let best = -1
    for (const [column, score] of row.entries()) {
      if (allowed(score) && !taken.has(column) && score > (row[best] ?? -1)) best = column
    }
    if (best === -1) continue
    taken.add(best)
    total += row[best] ?? 0
  }
  return total
}

/** Everything there is. */
function best(scores: Table, row = 0, taken: ReadonlySet<number> = new Set()): number {
  const own = scores[row]
  if (own === undefined) return 0
  let most = best(scores, row + 1, taken)
  for (const [column, score] of own.entries()) {
    if (allowed(score) && !taken.has(column))
      most = Math.max(most, score + best(scores, row + 1, new Set([...taken, column])))
  }
  return most
}

test('it is never worse than greedy, and small ones are the best there is', () => {
  fc.assert(
    fc.property(table, (scores) => {
      const { columns, total } = assignBatch(scores)
      expect(total).toBeGreaterThanOrEqual(greedy(scores))
      if (scores.length <= 4) expect(total).toBe(best(scores))
      const placed = columns.filter((column) => column !== -1)
      expect(new Set(placed).size).toBe(placed.length)
      expect(columns.every((column, row) => column === -1 || allowed(scores[row]?.[column]))).toBe(true)
      expect(columns.reduce((sum, column, row) => sum + (scores[row]?.[column] ?? 0), 0)).toBe(total)
    }),
  )
})

test('it gives up a good pair for two that are better together', () => {
  expect(
    assignBatch([
      [90, 80],
      [85, 10],
    ]),
  ).toEqual({ columns: [1, 0], total: 165 })
})

test('a table with a hole is refused', () => {
  expect(() => assignBatch([[1, 2], [1]])).toThrow('every row to have 2 scores')
})
