// Rows that decode and yet do not follow from one another: the store's fault, by its code, and not a bug of ours.
import { expect, test } from 'vitest'
import { fifo } from '../run/fifo.ts'
import { encodeCommit } from '../run/commit-codec.ts'
import type { Entry } from '../run/entry.ts'
import { memoryStore } from './memory-store.ts'
import { readRun } from './read-journal.ts'

test.each<readonly [string, Entry]>([
  ['an attempt of a task that there is not', { kind: 'launched', task: 7, n: 1, worker: 0 }],
  ['a handle beyond all memory', { kind: 'launched', task: 0, n: 1, worker: 9_007_199_254_740_992 }],
  [
    'the end of an attempt that never began',
    { kind: 'ended', task: 0, n: 1, outcome: { result: 'passed', durationMs: 1 } },
  ],
])('%s is a corrupt store', async (_, entry) => {
  const store = memoryStore()
  await store.createRun({ run: 'r', name: 'r', createdAtWallMs: 0 })
  const journal = await store.openJournal({ run: 'r', owner: 'me', leaseMs: 1000 })
  await journal.append({ seq: 1, bytes: encodeCommit({ atMs: 1, wallMs: 1, entries: [entry] }) })
  await expect(readRun(store, 'r', fifo())).rejects.toMatchObject({ code: 'STORE_CORRUPT' })
  await journal.close()
})
