import { expect, test } from 'vitest'
import { FatalNotes } from './fatal-notes.ts'

const note = (text: string) => ({ kind: 'note', text, position: 1, atMs: 1 }) as const

test('what the error of the run says is told by that alone; anything else is told, once', () => {
  const notes = new FatalNotes()
  const texts = ['STORE_FULL: a', 'STORE_FULL: b', 'STORE_FAILED: c', 'STORE_FAILED: c', 'a hook threw']
  expect(texts.map((text) => notes.holds(note(text)))).toEqual([true, true, true, true, false])
  expect(notes.rest('STORE_FULL')).toEqual([note('STORE_FAILED: c')])
  expect(notes.rest(undefined).map(({ text }) => text)).toEqual(['STORE_FULL: a', 'STORE_FULL: b', 'STORE_FAILED: c'])
})
