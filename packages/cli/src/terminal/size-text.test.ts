import { expect, test } from 'vitest'
import { sizeText } from './size-text.ts'

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [1023, '1023 bytes'],
  [1024, '1.0 KiB'],
  [1024 * 150, '150 KiB'],
  [3.4 * 1024 * 1024, '3.4 MiB'],
  [5 * 1024 ** 5, '5120 TiB'],
])('%d is %s', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text)
})
