import { expect, test } from 'vitest'
import { msText } from './measure-text.ts'

test.each([
  [50, '50 ms'],
  [8000, '8 s'],
  [12_345, '12 s'],
  [9500, '9.5 s'],
  [60_000, '1 min'],
  [150_000, '2 min 30 s'],
])('%i ms are %s', (ms, text) => {
  expect(msText(ms)).toBe(text)
})
