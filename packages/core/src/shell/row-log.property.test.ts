import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RowLog } from './row-log.ts'

test('rows of any length read back as they were pushed', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'binary', maxLength: 50 }).map((part) => part.repeat(3000)),
  )
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(9), text)), (rows) => {
      const log = new RowLog()
      for (const [epoch, bytes] of rows) log.push(epoch, bytes)
      expect(log.length).toBe(rows.length)
      expect(rows.map((_, index) => [log.epochAt(index + 1), log.textAt(index + 1)])).toEqual(rows)
      expect([log.textAt(0), log.textAt(rows.length + 1)]).toEqual([undefined, undefined])
    }),
  )
})
