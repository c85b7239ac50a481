import fc from 'fast-check'
import { expect, test } from 'vitest'
import { columnsOf } from './fit-width.ts'
import { wrapWords } from './wrap-words.ts'

test('the first line of a run is broken between its words', () => {
  expect(wrapWords('shop: 2 tasks found by node · 2 slots', 20)).toEqual(['shop: 2 tasks found', 'by node · 2 slots'])
})

test('no word is lost or broken, and only a word that is too wide by itself is wider', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 1 })), fc.integer({ min: 1, max: 100 }), (parts, columns) => {
      const text = parts.join(' ')
      const lines = wrapWords(text, columns)
      expect(lines.join(' ')).toBe(text)
      for (const line of lines) expect(columnsOf(line) <= columns || !line.trim().includes(' ')).toBe(true)
    }),
  )
})

test('where no terminal is, nothing is broken', () => {
  expect(wrapWords('a b c', Infinity)).toEqual(['a b c'])
})
