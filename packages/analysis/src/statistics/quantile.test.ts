import { expect, test } from 'vitest'
import { median } from './median.ts'
import { quantile } from './quantile.ts'

test('no values have no quantile', () => {
  expect(quantile([], 0.5)).toBeUndefined()
  expect(median([])).toBeUndefined()
})

test('one value is every quantile of itself', () => {
  expect([0, 0.1, 0.5, 1].map((p) => quantile([7], p))).toEqual([7, 7, 7, 7])
})

test('a value that is not finite is refused by its position', () => {
  expect(() => median([1, NaN])).toThrow('got NaN at position 1')
  expect(() => quantile([Infinity], 0.5)).toThrow('got Infinity at position 0')
})

test('a share outside 0 to 1 is refused', () => {
  expect(() => quantile([1], 1.5)).toThrow('got 1.5')
  expect(() => quantile([1], NaN)).toThrow('got NaN')
})
