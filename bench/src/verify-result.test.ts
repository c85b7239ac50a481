import { expect, test } from 'vitest'
import { type Bench } from './bench.ts'
import { renderTable } from './render-table.ts'
import { meaningOf, verifyResult } from './verify-result.ts'

const bench: Bench = {
  name: 'sample',
  summary: 'a sample',
  figures: { ms: 'how long', '<runner>_ratio': 'how much longer' },
  run: async () => ({ figures: { ms: 1 } }),
}

test('declared numbers are accepted', () => {
  expect(verifyResult(bench, { figures: { ms: 1.5, vitest_ratio: 1.02 } })).toEqual([])
  expect(verifyResult(bench, { figures: {}, notes: ['no data given'] })).toEqual([])
})

test('nothing, an undeclared figure and a figure that is no number are refused', () => {
  expect(verifyResult(bench, { figures: {} })).toHaveLength(1)
  expect(verifyResult(bench, { figures: { other: 1 } })).toEqual(['Expected only declared figures, got `other`.'])
  expect(verifyResult(bench, { figures: { ms: Number.NaN } })).toHaveLength(1)
})

test('a figure means what the pattern says that is closest to it', () => {
  const figures = { '<runner>_ratio': 'first', '<runner>_history_ratio': 'second' }
  expect(meaningOf({ ...bench, figures }, 'vitest_history_ratio')).toBe('second')
  expect(meaningOf({ ...bench, figures }, 'vitest_ratio')).toBe('first')
})

test('peers stand beside our figures', () => {
  const table = renderTable(bench, { figures: { ms: 98.125 }, peers: { other: { ms: 4436 } }, notes: ['warm'] })
  expect(table.split('\n').map((line) => line.trim().split(/ {2,}/))).toEqual([
    ['sample: a sample'],
    [''],
    ['figure', 'muster', 'other'],
    ['ms', '98.13', '4436', 'how long'],
    ['- warm'],
    [''],
  ])
})
