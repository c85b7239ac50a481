import fc from 'fast-check'
import { expect, test } from 'vitest'
import { prefixEnd } from './prefix-end.ts'

const text = fc.string({ unit: 'binary', maxLength: 5 })
const utf8 = (value: string): Buffer => Buffer.from(value, 'utf8')

test('exactly the texts with the prefix lie between it and its end, in the order of UTF-8', () => {
  fc.assert(
    fc.property(text, text, fc.boolean(), (prefix, other, isInside) => {
      const candidate = isInside ? prefix + other : other
      const end = prefixEnd(prefix)
      const isFromStart = Buffer.compare(utf8(prefix), utf8(candidate)) <= 0
      const isBeforeEnd = end === undefined || Buffer.compare(utf8(candidate), utf8(end)) < 0
      expect(isFromStart && isBeforeEnd).toBe(candidate.startsWith(prefix))
    }),
    { numRuns: 1000 },
  )
})

test.each([
  ['', undefined],
  ['a', 'b'],
  ['a\u{10FFFF}', 'b'],
  ['\u{10FFFF}', undefined],
  ['\uD7FF', '\uE000'],
])('%j ends at %j', (prefix, end) => {
  expect(prefixEnd(prefix)).toBe(end)
})
