// What is shown never takes more columns than it was given, whatever characters it is made of.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { columnsOf, padEnd, padStart, truncateEnd, truncateStart } from './fit-width.ts'
import { oneLine } from './plain-text.ts'

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom('a', '検', '👩‍👩‍👧', '🇩🇪', 'é', 'é', '…', '\u200B', '한')).map((parts) => parts.join('')),
)
const columns = fc.integer({ min: 0, max: 40 })

test('cut text fits, and text that fits is not cut', () => {
  fc.assert(
    fc.property(text, columns, (given, room) => {
      const plain = oneLine(given)
      for (const cut of [truncateEnd(plain, room), truncateStart(plain, room)]) {
        expect(columnsOf(cut)).toBeLessThanOrEqual(room)
        if (columnsOf(plain) <= room) expect(cut).toBe(plain)
      }
    }),
  )
})

test('filled text is as wide as asked, or as wide as it was', () => {
  fc.assert(
    fc.property(text, columns, (given, room) => {
      const plain = oneLine(given)
      const width = Math.max(room, columnsOf(plain))
      expect(columnsOf(padEnd(plain, room))).toBe(width)
      expect(columnsOf(padStart(plain, room))).toBe(width)
    }),
  )
})

test('nothing that moves the cursor or colours is left in a line', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\u001B[31m', '\u001B]0;title\u0007', '\r', '\n', '\u0008', '\u009B2J'),
      (given, bad) => {
        expect(oneLine(`${given}${bad}x`)).not.toMatch(/[\u0000-\u001F\u007F-\u009F]/)
      },
    ),
  )
})

test('colour sequences go, the words stay', () => {
  expect(oneLine('\u001B[1m\u001B[31mred\u001B[39m\u001B[22m\tand\nplain')).toBe('red and plain')
})
