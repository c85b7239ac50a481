// The keyed heap against a list that is sorted each time.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareKeys, type Key, ReadyQueue } from './ready-queue.ts'

const anyNumber = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true }))
const anyKey: fc.Arbitrary<Key> = fc.oneof(anyNumber, fc.array(anyNumber, { minLength: 1, maxLength: 3 }))
const anyScript = fc.array(fc.option(anyKey, { freq: 3 }), { maxLength: 300 })

test('what comes out is what a sorted list would give, whatever went in when', () => {
  fc.assert(
    fc.property(anyScript, (script) => {
      const queue = new ReadyQueue()
      const model: { readonly handle: number; readonly key: Key }[] = []
      for (const [handle, key] of script.entries()) {
        if (key === null) {
          expect(queue.pop()).toBe(model.shift()?.handle)
        } else {
          queue.push(handle, key)
          model.push({ handle, key })
          model.sort((a, b) => compareKeys(a.key, b.key) || a.handle - b.handle)
        }
        expect([queue.size, queue.peek()]).toEqual([model.length, model[0]?.handle])
        const first = queue.peekKey()
        if (first !== undefined && model[0] !== undefined) expect(compareKeys(first, model[0].key)).toBe(0)
      }
      for (const { handle } of model) expect(queue.pop()).toBe(handle)
      expect(queue.pop()).toBeUndefined()
    }),
  )
})

test('a handle that comes back has the key it came back with', () => {
  fc.assert(
    fc.property(anyKey, anyKey, fc.array(anyKey, { maxLength: 20 }), (before, after, others) => {
      const queue = new ReadyQueue()
      queue.push(1000, before)
      queue.pop()
      queue.push(1000, after)
      for (const [handle, key] of others.entries()) queue.push(handle, key)
      const first = others.filter((key, handle) => (compareKeys(key, after) || handle - 1000) < 0).length
      for (let i = 0; i < first; i++) expect(queue.pop()).not.toBe(1000)
      expect(queue.pop()).toBe(1000)
    }),
  )
})

test('keys are compared as a total order', () => {
  fc.assert(
    fc.property(anyKey, anyKey, anyKey, (a, b, c) => {
      expect(Math.sign(compareKeys(a, b))).toBe(-Math.sign(compareKeys(b, a)) + 0)
      if (compareKeys(a, b) <= 0 && compareKeys(b, c) <= 0) expect(compareKeys(a, c)).toBeLessThanOrEqual(0)
      expect(compareKeys(a, a)).toBe(0)
    }),
  )
})

test('an infinite first number does not hide the rest of a key (found by seed 20261121)', () => {
  expect(compareKeys([-Infinity, 1], [-Infinity, 2])).toBeLessThan(0)
  expect(compareKeys(Infinity, Infinity)).toBe(0)
})
