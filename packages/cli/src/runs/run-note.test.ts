import { expect, test } from 'vitest'
import { listRuns } from './render-runs.ts'
import { noteOf, readNote, totalsText } from './run-note.ts'

const record = { run: 'r1', name: 'shop', createdAtWallMs: 1, epoch: 1, rows: 3 }
const result = {
  ending: 'interrupted',
  exit: 'interrupted',
  durationMs: 5,
  totals: { tasks: 2, passed: 1, open: 1 },
  cases: { passed: 1, failed: 0, skipped: 0, flaky: 0 },
} as const

test('a note is read back as it was written, and what is no note is none', () => {
  const note = noteOf('r1', 'fifo', undefined)
  expect(readNote(JSON.stringify(note))).toEqual(note)
  for (const text of ['', '{', '{"version":2,"run":"r1","strategy":"fifo"}', 'null'])
    expect(readNote(text)).toBeUndefined()
})

test('what a run came to before it was taken up again is not what it has come to', () => {
  const notes = new Map([['r1', { version: 1, run: 'r1', strategy: 'fifo', result } as const]])
  expect(listRuns([{ ...record, status: 'interrupted' }], notes)[0]?.result).toEqual(result)
  expect(listRuns([{ ...record, status: 'open' }], notes)[0]).toMatchObject({ strategy: 'fifo', result: undefined })
})

test('an open run goes on, or was interrupted by the death of its owner', () => {
  const standing = (isAlive: boolean, isStopped?: boolean): string | undefined =>
    listRuns([{ ...record, status: 'open', owner: { name: 'host:1', isAlive, isStopped } }], new Map())[0]?.standing
  expect([standing(true), standing(true, true), standing(false)]).toEqual(['running', 'stopped', 'interrupted'])
})

test('only what there is gets a word', () => {
  expect(totalsText(result.totals)).toBe('1 passed, 1 open')
  expect(totalsText({ tasks: 0 })).toBe('no tasks')
})
