import { expect, test } from 'vitest'
import { memoryStore } from '../shell/memory-store.ts'
import { storeContract } from './store-contract.ts'
import { faultyStore, type StoreCall, type StoreFault } from './faulty-store.ts'

const run = { run: 'r', name: 'demo', createdAtWallMs: 0 }
const request = { run: 'r', owner: 'test', leaseMs: 1000 }

test.each(storeContract.filter(({ needs }) => needs === undefined))('without a fault: $name', async (promise) => {
  await promise.run({ open: () => faultyStore(memoryStore(), () => undefined) })
})

test.each<[StoreFault, string, number]>([
  ['fail', 'STORE_FAILED', 1],
  ['full', 'STORE_FULL', 1],
  ['store-then-fail', 'STORE_FAILED', 2],
])('after an append that meets `%s` the writer is dead', async (fault, code, rows) => {
  const inner = memoryStore()
  const calls: StoreCall[] = []
  const store = faultyStore(inner, (call) => {
    calls.push(call)
    return call.method === 'append' && call.seq === 2 ? fault : undefined
  })
  await store.createRun(run)
  const writer = await store.openJournal(request)
  await writer.append({ seq: 1, bytes: 'one' })
  await expect(writer.append({ seq: 2, bytes: 'two' })).rejects.toMatchObject({ code })
  await expect(writer.append({ seq: 3, bytes: 'three' })).rejects.toMatchObject({ code })
  await expect(writer.heartbeat()).rejects.toMatchObject({ code })
  expect(writer.lastSeq).toBe(1)
  expect((await inner.findRun('r'))?.rows).toBe(rows)
  expect(calls.map(({ method }) => method)).toEqual(['createRun', 'openJournal', 'append', 'append'])
})

test.each<[StoreFault, number]>([
  ['never-answer', 0],
  ['store-then-never-answer', 1],
])('an append that meets `%s` stays open', async (fault, rows) => {
  const inner = memoryStore()
  const store = faultyStore(inner, ({ method }) => (method === 'append' ? fault : undefined))
  await store.createRun(run)
  const writer = await store.openJournal(request)
  const answers: unknown[] = []
  void writer.append({ seq: 1, bytes: 'one' }).then(() => answers.push('answered'))
  await store.findRun('r')
  expect(answers).toEqual([])
  expect((await inner.findRun('r'))?.rows).toBe(rows)
})
