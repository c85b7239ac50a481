import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeDetails, encodeDetails } from './encode-details.ts'

test('details decode to what they were, and take no more bytes than they have', () => {
  const text = fc.tuple(fc.string({ unit: 'binary' }), fc.nat(300)).map(([part, times]) => part.repeat(times))
  fc.assert(
    fc.property(text, (given) => {
      const { encoding, bytes } = encodeDetails(given)
      expect(decodeDetails(encoding, bytes)).toBe(given)
      expect(bytes.length).toBeLessThanOrEqual(Buffer.byteLength(given))
    }),
  )
})

test('a log shrinks', () => {
  expect(encodeDetails('a line of output\n'.repeat(1000)).bytes.length).toBeLessThan(200)
})
