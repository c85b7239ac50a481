import { expect, test } from 'vitest'
import { renderTable } from './render-table.ts'

const columns = [
  { title: 'task', gives: true },
  { title: 'range', leaves: 1 },
  { title: 'runner', leaves: 2 },
  { title: 'takes', align: 'right' as const },
]
const rows = [['src/some/long/path.test.ts', '1 s to 2 s', 'vitest', '1.5 s']]

test('a page that is too narrow loses what says least before any row wraps', () => {
  expect(renderTable(columns, rows, 80)[0]).toBe('task                        range       runner  takes')
  expect(renderTable(columns, rows, 39)).toEqual([
    'task          range       runner  takes',
    '…ath.test.ts  1 s to 2 s  vitest  1.5 s',
  ])
  expect(renderTable(columns, rows, 38)[0]).toBe('task                     runner  takes')
  expect(renderTable(columns, rows, 20)).toEqual(['task           takes', '…path.test.ts  1.5 s'])
})
