// Nothing is lost or doubled, whatever the split; by hash nothing moves that need not; by duration no single move would help.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkShards } from './check-shards.ts'
import { partitionTests } from './partition-tests.ts'
import { rebalance } from './rebalance.ts'

const ids = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 6 }), { maxLength: 40 })
const ways = fc.constantFrom('hash' as const, 'slice' as const, 'duration' as const)
const shardCount = fc.integer({ min: 1, max: 9 })

test('shards put together are the whole, each test once, in whatever order they are listed', () => {
  fc.assert(
    fc.property(ids, ways, shardCount, (all, by, shards) => {
      const split = partitionTests(
        all.map((id, at) => ({ id, ...(at % 3 === 0 ? {} : { expectedMs: at }) })),
        { shards, by },
      )
      expect(checkShards(all, { shards, taken: split.shards })).toMatchObject({ kind: 'whole' })
      const reversed = all.map((id, at) => ({ id, ...(at % 3 === 0 ? {} : { expectedMs: at }) })).reverse()
      expect(partitionTests(reversed, { shards, by })).toEqual(split)
      expect(split.imbalance.expected).toBeGreaterThanOrEqual(1 - 1e-9)
      for (const { expectedMs, p90Ms } of split.shards) expect(p90Ms).toBeGreaterThanOrEqual(expectedMs)
    }),
  )
})

test('by hash a test that is added or removed moves no other, and a further shard takes only from others', () => {
  const homes = (all: readonly string[], shards: number): ReadonlyMap<string, number> =>
    new Map(
      partitionTests(
        all.map((id) => ({ id })),
        { shards, by: 'hash' },
      ).shards.flatMap(({ shard, tests }) => tests.map((id) => [id, shard] as const)),
    )
  fc.assert(
    fc.property(ids, fc.string({ minLength: 7, maxLength: 8 }), shardCount, (all, added, shards) => {
      const before = homes(all, shards)
      const after = homes([...all, added], shards)
      const wider = homes(all, shards + 1)
      for (const id of all) {
        expect(after.get(id)).toBe(before.get(id))
        expect([before.get(id), shards + 1]).toContain(wider.get(id))
      }
    }),
  )
})

test('by hash shards are about equally many', () => {
  const tests = Array.from({ length: 4000 }, (_, at) => ({ id: `spec/models/file_${at}_spec.rb` }))
  const { shards } = partitionTests(tests, { shards: 8, by: 'hash' })
  for (const { tests: own } of shards) expect(Math.abs(own.length - 500)).toBeLessThan(75)
})

test('by duration no test can be moved out of the fullest shard to make it shorter', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 30 }),
      shardCount,
      (lengths, shards) => {
        const shardOf = rebalance(lengths, shards)
        const loads = Array.from({ length: shards }, (_, at) =>
          lengths.reduce((sum, ms, test) => sum + (shardOf[test] === at ? ms : 0), 0),
        )
        const fullest = loads.indexOf(Math.max(...loads))
        const [full = 0, least] = [loads[fullest], Math.min(...loads)]
        for (const [test, ms] of lengths.entries())
          if (shardOf[test] === fullest && ms > 0) expect(least + ms).toBeGreaterThanOrEqual(full)
        // Graham's bound stands: moves never make it worse.
        const sum = lengths.reduce((total, ms) => total + ms, 0)
        expect(full).toBeLessThanOrEqual(sum / shards + Math.max(...lengths) * (1 - 1 / shards) + 1e-6)
      },
    ),
  )
})

test('swaps find what the longest first misses', () => {
  const lengths = [3, 3, 2, 2, 2]
  const shardOf = rebalance(lengths, 2)
  expect(lengths.reduce((sum, ms, at) => sum + (shardOf[at] === 0 ? ms : 0), 0)).toBe(6)
})

test('what machines took is compared with the whole', () => {
  const taken = [
    { shard: 1, tests: ['a', 'b'] },
    { shard: 2, tests: ['b', 'x'] },
    { shard: 1, tests: ['a', 'b'] },
  ]
  expect(checkShards(['a', 'b', 'c'], { shards: 3, taken })).toEqual({
    kind: 'broken',
    lost: ['c'],
    doubled: [{ id: 'b', shards: [1, 2] }],
    foreign: ['x'],
    silent: [3],
  })
})

test('a new test weighs what those beside it weigh, and is counted as estimated', () => {
  const tests = [
    ...[100, 110, 120].map((expectedMs, at) => ({ id: `slow/${at}`, expectedMs })),
    ...[1, 1, 1].map((expectedMs, at) => ({ id: `quick/${at}`, expectedMs })),
    { id: 'slow/new' },
  ]
  const split = partitionTests(tests, { shards: 4 })
  expect(split.estimated).toBe(1)
  expect(Math.max(...split.shards.map(({ expectedMs }) => expectedMs))).toBeLessThan(125)
})

test('misuse is told', () => {
  for (const shards of [0, -1, 1.5, NaN]) expect(() => partitionTests([], { shards })).toThrow('whole number from 1 up')
  expect(() => partitionTests([{ id: 'a' }, { id: 'a' }], { shards: 1 })).toThrow('"a" twice')
})
