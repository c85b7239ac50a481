import { expect, test } from 'vitest'
import { milliseconds, oneOf, wholeNumber } from './read-flags.ts'

test.each([
  ['1500', 1500],
  ['90s', 90_000],
  ['1.5m', 90_000],
  ['2h', 7_200_000],
  ['250ms', 250],
])('%s is a time', (text, ms) => {
  expect(milliseconds({ timeout: text }, 'timeout')).toBe(ms)
})

test.each(['0', '-1', 'soon', '10 parsecs', '', 'NaN', '1e3'])('%j is no time', (text) => {
  expect(() => milliseconds({ timeout: text }, 'timeout')).toThrow(/--timeout to be milliseconds above 0/)
})

test.each(['0', '1.5', 'two', '', '9007199254740993'])('%j is no number of attempts', (text) => {
  expect(() => wholeNumber({ retry: text }, 'retry', 1)).toThrow(/--retry to be a whole number from 1 up/)
})

test('a name is one of those there are', () => {
  expect(oneOf({ strategy: 'fifo' }, 'strategy', ['auto', 'fifo'])).toBe('fifo')
  expect(() => oneOf({ strategy: 'fif' }, 'strategy', ['auto', 'fifo'])).toThrow(/one of auto, fifo/)
})

test('what was not given is nothing', () => {
  expect([milliseconds({}, 'a'), wholeNumber({}, 'a', 0), oneOf({}, 'a', ['b'])]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})
