// An option that is no number would be measured as NaN, and told as a figure.
import { expect, test } from 'vitest'
import { positiveNumber, wholeNumber } from './read-number.ts'

test.each(['abc', '1.5', '0', '-3', 'Infinity', true] as const)('%s is no whole number from 1 up', (given) => {
  expect(() => wholeNumber({ options: { tasks: given } }, 'tasks', { fallback: 7 })).toThrow('--tasks')
})

test.each(['abc', '0', '-1', 'Infinity', true] as const)('%s is no number above 0', (given) => {
  expect(() => positiveNumber({ options: { seconds: given } }, 'seconds', 2)).toThrow('--seconds')
})

test('what is not given is the fallback, and what is given is read', () => {
  expect(wholeNumber({ options: {} }, 'tasks', { fallback: 7 })).toBe(7)
  expect(wholeNumber({ options: { only: '0' } }, 'only', { fallback: 7, least: 0 })).toBe(0)
  expect(positiveNumber({ options: { seconds: '0.5' } }, 'seconds', 2)).toBe(0.5)
})
