import { expect, test } from 'vitest'
import { bytesText, msText } from './measure-text.ts'

test.each([
  [9, '9 bytes'],
  [999, '999 bytes'],
  [5_242_880, '5.2 MB'],
  [414_365_696, '414 MB'],
  [999_999_999, '1 GB'],
])('%i bytes are %s', (bytes, text) => {
  expect(bytesText(bytes)).toBe(text)
})

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
