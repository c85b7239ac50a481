import fc from 'fast-check'
import { expect, test } from 'vitest'
import { columnsOf } from '../terminal/fit-width.ts'
import { oneLine } from '../terminal/plain-text.ts'
import { renderTable } from './render-table.ts'

const cell = fc.string({ unit: 'grapheme', maxLength: 40 }).map(oneLine)
const columns = [
  { title: 'n', align: 'right' },
  { title: 'path', gives: true },
  { title: 'after', gives: true },
] as const

test('a page that leaves the columns their fewest is never left', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 999 }).map(String), cell, cell)),
      fc.integer({ min: 34, max: 120 }),
      (rows, page) => {
        for (const line of renderTable(columns, rows, page)) expect(columnsOf(line)).toBeLessThanOrEqual(page)
      },
    ),
  )
})

test('without a page nothing is cut, and an empty column is left out', () => {
  const long = 'a'.repeat(500)
  expect(renderTable(columns, [['1', long, '']], Infinity)).toEqual([`n  path`, `1  ${long}`])
})

test('the end of a path is kept', () => {
  const [, row] = renderTable(columns, [['1', `src/${'x'.repeat(60)}/login.test.ts`, 'build']], 40)
  expect(row).toMatch(/^1 {2}….*login\.test\.ts {2}build$/)
})
