// Laws of the index and of the set of handles, against the platform's own maps and sets.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { HandleSet } from './handle-set.ts'
import { hashId, IdIndex } from './id-index.ts'

/** Ids that share both ends, so that long ones have the same hash. */
const anyId = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 5 }),
  fc.nat(30).map((middle) => `${'first'.repeat(3)}${String(middle).padStart(3, '0')}${'last'.repeat(8)}`),
)

test('an index finds what a map finds', () => {
  fc.assert(
    fc.property(fc.array(anyId, { maxLength: 60 }), fc.array(anyId), fc.nat(40), (added, asked, expected) => {
      const index = new IdIndex(expected)
      const map = new Map<string, number>()
      for (const id of added) {
        expect(index.add(id)).toBe(map.get(id) ?? map.size)
        if (!map.has(id)) map.set(id, map.size)
      }
      for (const id of [...added, ...asked]) expect(index.find(id)).toBe(map.get(id) ?? -1)
      const cut = Math.floor(map.size / 2)
      index.truncate(cut)
      for (const id of [...added, ...asked]) expect(index.find(id)).toBe((map.get(id) ?? cut) < cut ? map.get(id) : -1)
    }),
  )
})

test('candidates are handles whose ids may be the ones meant, and no id that is there is missed', () => {
  fc.assert(
    fc.property(fc.uniqueArray(anyId, { maxLength: 60 }), fc.array(anyId), (added, asked) => {
      const index = new IdIndex(added.length)
      for (const id of added) index.add(id)
      const all = [...added, ...asked]
      const found = Int32Array.from(all, hashId)
      index.findCandidates(found, 0, found.length)
      for (const [at, id] of all.entries()) if (added.includes(id)) expect(found[at]).toBeGreaterThanOrEqual(0)
    }),
  )
})

test('thousands of ids that all have one hash are found, and in time', () => {
  const index = new IdIndex(0)
  const idOf = (at: number): string => `${'first'.repeat(3)}${String(at).padStart(6, '0')}${'last'.repeat(8)}`
  for (let at = 0; at < 20_000; at++) expect(index.add(idOf(at))).toBe(at)
  for (let at = 0; at < 20_000; at++) expect(index.find(idOf(at))).toBe(at)
  expect(index.find(idOf(20_000))).toBe(-1)
  const found = Int32Array.of(hashId(idOf(1)))
  expect(index.findCandidates(found, 0, 1)).toBe(0)
  expect(found[0]).toBe(-1)
})

test('a set of handles gives its smallest first, like a sorted set', () => {
  const anyStep = fc.tuple(fc.constantFrom('add', 'delete', 'take'), fc.oneof(fc.nat(70), fc.nat(70_000)))
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 60 }), (steps) => {
      const handles = new HandleSet(70_001)
      const naive = new Set<number>()
      const smallest = (): number => [...naive].reduce((least, each) => Math.min(least, each), Infinity)
      for (const [step, handle] of steps) {
        if (step === 'add') {
          handles.add(handle)
          naive.add(handle)
        } else if (step === 'delete') {
          handles.delete(handle)
          naive.delete(handle)
        } else {
          expect(handles.takeFirst()).toBe(naive.size === 0 ? -1 : smallest())
          naive.delete(smallest())
        }
        expect(handles.size).toBe(naive.size)
        expect(handles.has(handle)).toBe(naive.has(handle))
      }
      expect([...handles]).toEqual([...naive].toSorted((a, b) => a - b))
    }),
  )
})
