import { expect, test } from 'vitest'
import { readSelection } from './read-selection.ts'

test('words choose tasks; only a line needs the runner', () => {
  expect(readSelection(['./src', '+e2e/a', 'tag:slow'])).toEqual({
    discover: [],
    select: ['src', '+e2e/a', 'tag:slow'],
  })
  expect(readSelection(['a.test.ts:12', 'src'])).toEqual({
    discover: ['a.test.ts:12', 'src'],
    select: ['a.test.ts', 'src'],
  })
  expect(readSelection([])).toEqual({ discover: [], select: [] })
})
