// A row that something else than us wrote, or that was damaged where no checksum stands guard.
import { expect, test } from 'vitest'
import { isMusterError } from '../errors/muster-error.ts'
import { decodeCommit, encodeCommit } from './commit-codec.ts'

const thrownBy = (bytes: string): string | undefined => {
  try {
    decodeCommit(bytes, 'r', 3)
    return undefined
  } catch (error) {
    return isMusterError(error) ? error.code : String(error)
  }
}

test('a row reads back as it was written', () => {
  const commit = { atMs: 5, wallMs: 9, entries: [{ kind: 'started', task: 0, n: 1 }] } as const
  expect(decodeCommit(encodeCommit(commit), 'r', 1)).toEqual(commit)
})

test.each([
  ['a row that is no JSON', '{"version":2,'],
  ['a row that is no object', 'null'],
  ['a version that no text can be made of', '{"version":{"toString":1,"valueOf":2}}'],
  ['a row without its wall time', '{"version":2,"atMs":1,"entries":[]}'],
  ['an entry that is nothing', '{"version":2,"atMs":1,"wallMs":1,"entries":[null]}'],
  ['an entry without a kind', '{"version":2,"atMs":1,"wallMs":1,"entries":[{}]}'],
  [
    'a column that only claims a length',
    '{"version":2,"atMs":1,"wallMs":1,"entries":[{"kind":"starts","n":1,"tasks":{"length":1e15}}]}',
  ],
  [
    'columns of which one is missing',
    '{"version":2,"atMs":1,"wallMs":1,"entries":[{"kind":"passes","n":1,"tasks":[1]}]}',
  ],
  [
    'a handle that is a name',
    '{"version":2,"atMs":1,"wallMs":1,"entries":[{"kind":"launched","task":0,"n":1,"worker":"__proto__"}]}',
  ],
  [
    'a column that holds a name',
    '{"version":2,"atMs":1,"wallMs":1,"entries":[{"kind":"starts","n":1,"tasks":["__proto__"]}]}',
  ],
])('%s is corrupt, by its code', (_, bytes) => {
  expect(thrownBy(bytes)).toBe('STORE_CORRUPT')
})

test('a row of a newer version is told apart', () => {
  expect(thrownBy('{"version":99}')).toBe('STORE_TOO_NEW')
})
