// Batches hold every test once, shrink towards the end, and are split rather than blamed; nobody waits in line beside an idle worker.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chunkSizes, nextChunk } from './chunk-sizes.ts'
import { compareBatching } from './compare-batching.ts'
import { type BatchTest, formBatches } from './form-batches.ts'
import { packBins } from './pack-bins.ts'
import { type KnownEnd, splitFailedBatch } from './split-failed-batch.ts'
import { stealWork } from './steal-work.ts'

const anyTests: fc.Arbitrary<readonly BatchTest[]> = fc
  .array(
    fc.record({
      expectedMs: fc.oneof(fc.integer({ min: 0, max: 500 }), fc.double({ min: 0, max: 500, noNaN: true })),
      over: fc.integer({ min: 0, max: 100 }),
      setup: fc.constantFrom('browser', 'database', undefined),
      folder: fc.constantFrom('a', 'b'),
    }),
    { maxLength: 40 },
  )
  .map((all) =>
    all.map(({ expectedMs, over, setup, folder }, at) => ({
      id: `${folder}/${at}`,
      expectedMs,
      p90Ms: expectedMs + over,
      setup,
    })),
  )
const anyWay = fc.constantFrom('setup' as const, 'affinity' as const, 'duration' as const, 'fewest' as const)

test('every test is in exactly one batch, and no batch is longer than it may be', () => {
  fc.assert(
    fc.property(
      anyTests,
      anyWay,
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 0, max: 300 }),
      fc.integer({ min: 50, max: 900 }),
      (tests, by, workers, startMs, mostMs) => {
        const batches = formBatches(tests, { workers, startMs, by, mostMs, setupMs: () => 20 })
        expect(batches.flatMap((batch) => batch.tests.map(({ id }) => id)).sort()).toEqual(
          tests.map(({ id }) => id).sort(),
        )
        for (const { tests: own, expectedMs, overheadMs, p90Ms } of batches) {
          expect(own.length === 1 || expectedMs - overheadMs <= mostMs * (1 + 1e-6)).toBe(true)
          expect(p90Ms).toBeGreaterThanOrEqual(expectedMs)
          if (by === 'setup') expect(new Set(own.map(({ setup }) => setup)).size).toBe(1)
        }
      },
    ),
  )
})

test('shares add up, never grow, leave nobody without, and grow with the cost of starting', () => {
  const options = fc.record({
    workers: fc.integer({ min: 1, max: 64 }),
    startCost: fc.double({ min: 0, max: 1e4, noNaN: true }),
    variation: fc.double({ min: 0, max: 5, noNaN: true }),
  })
  fc.assert(
    fc.property(fc.nat({ max: 5000 }), options, (total, chunk) => {
      const sizes = chunkSizes(total, chunk)
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(total)
      expect(sizes.length).toBeGreaterThanOrEqual(Math.min(total, chunk.workers))
      for (const [at, size] of sizes.entries()) expect(size).toBeLessThanOrEqual(sizes[at - 1] ?? total)
      expect(nextChunk(total, { ...chunk, startCost: chunk.startCost * 2 })).toBeGreaterThanOrEqual(
        nextChunk(total, chunk),
      )
    }),
  )
})

test('nobody is idle while a test waits in line behind another', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 60 }),
      fc.integer({ min: 1, max: 6 }),
      (lengths, workers) => {
        const msOf = (id: string): number => lengths[Number(id)] ?? 0
        const lines = Array.from({ length: workers }, (): string[] => [])
        // All in the first line: the worst that can be.
        lines[0]?.push(...Array.from(lengths.keys(), String))
        const freeAtMs = lines.map(() => 0)
        const seen: string[] = []
        for (let nowMs = 0; lines.some((line) => line.length > 0); nowMs++) {
          for (const [at, line] of lines.entries()) {
            if ((freeAtMs[at] ?? 0) > nowMs) continue
            if (line.length === 0) {
              const theft = stealWork(lines, msOf)
              if (theft === undefined) continue
              lines[theft.from]?.splice(-theft.tests.length)
              line.push(...theft.tests)
            }
            const next = line.shift()
            if (next === undefined) continue
            seen.push(next)
            freeAtMs[at] = nowMs + msOf(next)
          }
          // What waits, waits only while everybody is busy.
          if (lines.some((line) => line.length > 0)) for (const free of freeAtMs) expect(free).toBeGreaterThan(nowMs)
        }
        expect(seen.sort()).toEqual([...Array.from(lengths.keys(), String)].sort())
      },
    ),
  )
})

test('splitting finds exactly the tests that break, and no other fails for them', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.array(fc.nat({ max: 39 }), { maxLength: 3 }),
      fc.boolean(),
      (count, broken, tellsRunning) => {
        const breaks = new Set(broken.map((at) => String(at % count)))
        const results = new Map<string, string>()
        let open: readonly (readonly BatchTest[])[] = [
          Array.from({ length: count }, (_, at) => ({ id: String(at), expectedMs: 1 })),
        ]
        let launches = 0
        while (open.length > 0) {
          open = open.flatMap((tests) => {
            launches++
            const culprit = tests.findIndex(({ id }) => breaks.has(id))
            const ends = tests
              .slice(0, culprit < 0 ? tests.length : tellsRunning ? culprit : 0)
              .map(({ id }): KnownEnd => ({ id, result: 'passed' }))
            for (const { id } of ends) results.set(id, 'passed')
            if (culprit < 0) return []
            const { again, blamed } = splitFailedBatch({ tests }, ends, tellsRunning ? tests[culprit]?.id : undefined)
            if (blamed !== undefined) results.set(blamed, 'broke')
            return again
          })
        }
        expect(results.size).toBe(count)
        for (const [id, result] of results) expect(result).toBe(breaks.has(id) ? 'broke' : 'passed')
        expect(launches).toBeLessThanOrEqual(1 + 2 * breaks.size * (1 + Math.ceil(Math.log2(count + 1))))
      },
    ),
  )
})

test('bins hold what they may, all of it once, and are never more than first fit decreasing makes', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 120 }), { maxLength: 40 }), fc.nat(5), (sizes, seed) => {
      const bins = packBins(sizes, { capacity: 100, passes: 100, seed })
      expect(bins.flat().sort((a, b) => a - b)).toEqual([...sizes.keys()])
      for (const bin of bins) {
        const load = bin.reduce((sum, at) => sum + (sizes[at] ?? 0), 0)
        expect(bin.length === 1 || load <= 100).toBe(true)
      }
      expect(bins.length).toBeLessThanOrEqual(packBins(sizes, { capacity: 100, passes: 0 }).length)
      expect(packBins(sizes, { capacity: 100, passes: 100, seed })).toEqual(bins)
    }),
  )
})

test('first fit decreasing is won back where it is not the best', () => {
  const sizes = [45, 30, 25, 40, 35, 25]
  expect(packBins(sizes, { capacity: 100, passes: 0 })).toHaveLength(3)
  expect(packBins(sizes, { capacity: 100 })).toHaveLength(2)
})

test('batches are worth it where starting costs, and longer where it costs more', () => {
  const tests = Array.from({ length: 200 }, (_, at) => ({
    id: `f${at % 5}/${at}`,
    expectedMs: 20 + (at % 7),
    setup: `s${at % 4}`,
  }))
  const free = compareBatching(tests, { workers: 4 })
  const dear = compareBatching(tests, { workers: 4, startMs: 300, setupMs: () => 200 })
  const gainOf = (rows: typeof free, by: string): number => rows.find((row) => row.by === by)?.gain ?? 0
  expect(free.find(({ by }) => by === 'alone')?.overhead).toBe(0)
  for (const { gain } of free) expect(gain).toBeLessThanOrEqual(1.02)
  expect(gainOf(dear, 'setup')).toBeGreaterThan(5)
  expect(gainOf(dear, 'setup')).toBeGreaterThan(gainOf(dear, 'duration'))
  const count = (startMs: number): number => formBatches(tests, { workers: 4, startMs }).length
  expect(count(300)).toBeLessThan(count(30))
})

test('misuse is told', () => {
  expect(() => formBatches([], { workers: 0 })).toThrow('workers')
  expect(() => formBatches([], { workers: 1, by: 'fewest' })).toThrow('mostMs')
  expect(() => formBatches([{ id: 'a', expectedMs: NaN }], { workers: 1 })).toThrow('"a"')
  expect(() => packBins([1], { capacity: 0 })).toThrow('capacity')
  expect(() => packBins([-1], { capacity: 1 })).toThrow('every size')
  expect(() => chunkSizes(1.5, { workers: 1 })).toThrow('total')
})
