import { expect, test } from 'vitest'
import { firstDifference } from './expected-output.ts'

test('masks stand for what differs from run to run', () => {
  expect(firstDifference('3 passed in <ms>\nsee <path>\n', '3 passed in 12.5 ms\nsee /tmp/report.html')).toBeUndefined()
  expect(firstDifference('<n> tests', '1,600 tests')).toBeUndefined()
})

test('the first line that differs is named', () => {
  expect(firstDifference('a\nb', 'a\nc')).toBe('line 2: expected "b", got "c"')
  expect(firstDifference('a\nb', 'a')).toBe('line 2: expected "b", got no line')
  expect(firstDifference('a', 'a\nb')).toBe('line 2: expected no line, got "b"')
  expect(firstDifference('a.c', 'abc')).toBe('line 1: expected "a.c", got "abc"')
})
