import fc from 'fast-check'
import { expect, test } from 'vitest'
import { timeLeft, type WorkLeft } from './time-left.ts'

const ms = fc.double({ min: 0, max: 1e7, noNaN: true })
const expected = fc.tuple(ms, ms, ms).map((values) => {
  const [p10Ms = 0, medianMs = 0, p90Ms = 0] = [...values].sort((a, b) => a - b)
  return { p10Ms, medianMs, p90Ms }
})
const work: fc.Arbitrary<WorkLeft> = fc
  .record({
    slots: fc.integer({ min: 0, max: 64 }),
    waiting: fc.array(expected, { maxLength: 20 }),
    unknown: fc.integer({ min: 0, max: 20 }),
    learned: fc.record({ count: fc.integer({ min: 0, max: 9 }), meanMs: ms, deviationMs: ms }),
    running: fc.array(fc.record({ elapsedMs: ms, expected: fc.option(expected, { nil: undefined }) }), {
      maxLength: 8,
    }),
    chainMs: fc.option(ms, { nil: undefined }),
  })
  .map(({ waiting, ...rest }) => ({
    ...rest,
    known: {
      count: waiting.length,
      sumMs: waiting.reduce((sum, { medianMs }) => sum + medianMs, 0),
      varianceMs2: waiting.reduce((sum, { p10Ms, p90Ms }) => sum + ((p90Ms - p10Ms) / 2.5632) ** 2, 0),
      longestMs: Math.max(0, ...waiting.map(({ medianMs }) => medianMs)),
    },
  }))

test('the range holds the likely time, and no time is negative', () => {
  fc.assert(
    fc.property(work, (given) => {
      const left = timeLeft(given)
      if (left.kind === 'unknown') return
      expect(left.lowMs).toBeGreaterThanOrEqual(0)
      expect(left.likelyMs).toBeGreaterThanOrEqual(left.lowMs)
      expect(left.highMs).toBeGreaterThanOrEqual(left.likelyMs)
      expect(Number.isFinite(left.highMs)).toBe(true)
    }),
  )
})

test('more slots never make it longer, and a longer chain never shorter', () => {
  fc.assert(
    fc.property(work, fc.integer({ min: 1, max: 64 }), ms, (given, more, chain) => {
      const here = timeLeft(given)
      const wider = timeLeft({ ...given, slots: given.slots + more })
      const chained = timeLeft({ ...given, chainMs: (given.chainMs ?? 0) + chain })
      if (here.kind === 'unknown' || wider.kind === 'unknown' || chained.kind === 'unknown') return
      expect(wider.likelyMs).toBeLessThanOrEqual(here.likelyMs + 1e-6)
      expect(chained.likelyMs).toBeGreaterThanOrEqual(here.likelyMs - 1e-6)
    }),
  )
})

test('nothing is guessed of tasks of which nothing is known', () => {
  const nothing = { count: 0, sumMs: 0, varianceMs2: 0, longestMs: 0 }
  const left = timeLeft({
    slots: 2,
    known: nothing,
    unknown: 5,
    learned: { count: 2, meanMs: 10, deviationMs: 1 },
    running: [],
  })
  expect(left).toEqual({ kind: 'unknown' })
})

test('an attempt that is late by much is expected to go on for the longer, though it may end at any moment', () => {
  const nothing = { count: 0, sumMs: 0, varianceMs2: 0, longestMs: 0 }
  const learned = { count: 0, meanMs: 0, deviationMs: 0 }
  const expectation = { medianMs: 1000, p10Ms: 900, p90Ms: 1500 }
  const at = (elapsedMs: number): unknown =>
    timeLeft({ slots: 2, known: nothing, unknown: 0, learned, running: [{ elapsedMs, expected: expectation }] })
  expect(at(400)).toMatchObject({ likelyMs: 600 })
  expect(at(1400)).toMatchObject({ likelyMs: 100 })
  expect(at(61_500)).toMatchObject({ lowMs: 80, likelyMs: 60_000 })
  expect(at(301_500)).toMatchObject({ lowMs: 80, likelyMs: 300_000 })
})

test('a third task without a history is enough to speak of the rest', () => {
  const nothing = { count: 0, sumMs: 0, varianceMs2: 0, longestMs: 0 }
  const left = timeLeft({
    slots: 1,
    known: nothing,
    unknown: 5,
    learned: { count: 3, meanMs: 10, deviationMs: 0 },
    running: [],
  })
  expect(left).toMatchObject({ kind: 'range', likelyMs: 50 })
})
