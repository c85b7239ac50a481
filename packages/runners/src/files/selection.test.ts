import { describe, expect, test } from 'vitest'
import { selectionOf } from './selection.ts'

const files = ['a.test.ts', 'src/a.test.ts', 'src/deep/b.test.ts', 'src/[id]/(group)/c.test.ts', '.dot/d.test.ts']
const chosen = (...words: string[]) => files.filter(selectionOf(words).has)

describe('a selection', () => {
  test('of nothing is everything', () => expect(chosen()).toEqual(files))
  test('names files', () => expect(chosen('src/a.test.ts')).toEqual(['src/a.test.ts']))
  test('names files that look like globs', () => {
    expect(chosen('src/[id]/(group)/c.test.ts')).toEqual(['src/[id]/(group)/c.test.ts'])
  })
  test('names folders, with and without a slash', () => {
    expect(chosen('src')).toEqual(files.slice(1, 4))
    expect(chosen('./src/')).toEqual(files.slice(1, 4))
    expect(chosen('.')).toEqual(files)
  })
  test('reads globs, dot folders included', () => {
    expect(chosen('**/*.test.ts')).toEqual(files)
    expect(chosen('src/*/b*')).toEqual(['src/deep/b.test.ts'])
  })
  test('takes out what begins with an exclamation mark', () => {
    expect(chosen('src', '!src/deep')).toEqual(['src/a.test.ts', 'src/[id]/(group)/c.test.ts'])
    expect(chosen('!src')).toEqual(['a.test.ts', '.dot/d.test.ts'])
  })
  test('of a folder is not a selection of names that begin like it', () => {
    expect(selectionOf(['src']).has('src-2/a.test.ts')).toBe(false)
  })
})

describe('lines', () => {
  test('are sorted and counted once', () => {
    expect(selectionOf(['a.ts:12', 'a.ts:3', 'a.ts:12']).linesOf('a.ts')).toEqual([3, 12])
  })
  test('of one file may stand in one word', () => {
    expect(selectionOf(['a.ts:12,3', 'a.ts:5']).linesOf('a.ts')).toEqual([3, 5, 12])
  })
  test('give way to a word for the whole file', () => {
    expect(selectionOf(['a.ts:12', 'a.ts']).linesOf('a.ts')).toBeUndefined()
    expect(selectionOf(['a.ts:12', '.']).linesOf('a.ts')).toBeUndefined()
  })
  test('are for their own file only', () => {
    const selection = selectionOf(['a.ts:12', 'b.ts'])
    expect(selection.linesOf('b.ts')).toBeUndefined()
  })
  test('are told as they were typed to whom one of the files belongs', () => {
    const selection = selectionOf(['a.ts:12', './src/b.ts:3', 'c.ts'])
    expect(selection.wordsWithLine(['a.ts', 'c.ts'])).toEqual(['a.ts:12'])
    expect(selection.wordsWithLine(['src/b.ts'])).toEqual(['./src/b.ts:3'])
    expect(selection.wordsWithLine(['c.ts'])).toEqual([])
  })
})
