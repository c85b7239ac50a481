// Held against looking at every place.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lastUpTo } from './last-up-to.ts'

test('the last of those that fit is found, whatever the list', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 })), fc.integer({ min: -1, max: 10 }), (values, most) => {
      const sorted = values.toSorted((a, b) => a - b)
      expect(lastUpTo(sorted.length, (at) => (sorted[at] ?? 0) <= most)).toBe(
        sorted.findLastIndex((value) => value <= most),
      )
    }),
    { seed: 5 },
  )
})
