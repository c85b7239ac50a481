import { expect, test } from 'vitest'
import { memoryStore } from './memory-store.ts'

test('two stores never meet', async () => {
  const [one, other] = [memoryStore(), memoryStore()]
  await one.createRun({ run: 'r', name: 'demo', createdAtWallMs: 0 })
  expect(await other.findRun('r')).toBeUndefined()
})

test('a run that is refused names its owner', async () => {
  const store = memoryStore({ clock: { now: () => 0 } })
  await store.createRun({ run: 'r', name: 'demo', createdAtWallMs: 0 })
  await store.openJournal({ run: 'r', owner: 'host 7 process 12', leaseMs: 1000 })
  await expect(store.openJournal({ run: 'r', owner: 'me', leaseMs: 1000 })).rejects.toThrow('host 7 process 12')
})
