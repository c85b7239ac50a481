// What is not known is told by what stands beside it, and an order made of a history is only as good as the history.
import type { TaskFacts, TaskView } from '@muster/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { simulateSchedule } from '../simulate/simulate-schedule.ts'
import { fifo } from '../strategies/fifo.ts'
import { longestFirst } from '../strategies/longest-first.ts'
import { estimateDurations } from './estimate-durations.ts'
import { hedgedLongestFirst } from './hedged-longest-first.ts'
import { normalTestId, placesOf } from './normal-test-id.ts'

const fact = (ms: number, measuredAtWallMs?: number): TaskFacts => ({
  duration: {
    medianMs: ms,
    p10Ms: ms,
    p90Ms: ms,
    samples: 1,
    ...(measuredAtWallMs === undefined ? {} : { measuredAtWallMs }),
  },
})
const factsOf = (table: Readonly<Record<string, number>>, at?: number): Readonly<Record<string, TaskFacts>> =>
  Object.fromEntries(Object.entries(table).map(([id, ms]) => [id, fact(ms, at)]))
const workersOf = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ id: `w${at}`, engine: 'e', kinds: ['k'], capacity: { slots: 1 } }))

test('a test has one id, however a tool writes it', () => {
  for (const id of ['spec/a/b.rb', '/spec/a/b.rb', './spec/a/b.rb', './/spec/a/b.rb', 'spec\\a\\b.rb'])
    expect(normalTestId(id)).toBe('spec/a/b.rb')
  expect(placesOf('./a/b.py::C::d')).toEqual(['a/b.py::C', 'a/b.py', 'a', ''])
  expect(placesOf('alone')).toEqual([''])
})

test('a new test is told by the nearest place where three are known, and is not a short one', () => {
  const facts = factsOf({ 'a/x/1': 500, 'a/1': 10, 'a/2': 20, 'a/3': 30, 'b/1': 1 })
  const tasks = [...Object.keys(facts), 'a/x/new', 'a/new', 'c/new'].map((id) => ({ id }))
  const estimates = new Map(estimateDurations({ tasks, facts }).map((each) => [each.id, each]))
  // One known neighbour in `a/x` is too few.
  expect(estimates.get('a/x/new')).toMatchObject({ basis: 'beside', expectedMs: 30, p90Ms: 500 })
  expect(estimates.get('a/new')).toMatchObject({ basis: 'beside', expectedMs: 30, longestBesideMs: 500 })
  expect(estimates.get('c/new')).toMatchObject({ basis: 'beside', expectedMs: 20 })
  expect(estimateDurations({ tasks: [{ id: 'x' }] })).toMatchObject([{ basis: 'nothing', expectedMs: 1000 }])
})

test('a changed test may take as long as its neighbours', () => {
  const facts = factsOf({ 'a/1': 10, 'a/2': 20, 'a/3': 300 })
  const tasks = Object.keys(facts).map((id) => ({ id }))
  const p90Of = (changed: readonly string[]): number | undefined =>
    estimateDurations({ tasks, facts, changed: new Set(changed) })[0]?.p90Ms
  expect([p90Of([]), p90Of(['a/1'])]).toEqual([10, 300])
})

test('an estimate is a number, and its spread holds its middle, whatever the past says', () => {
  const anyMs = fc.oneof(fc.double(), fc.integer({ min: 0, max: 1000 }))
  fc.assert(
    fc.property(fc.dictionary(fc.string(), anyMs), fc.array(fc.string()), (table, others) => {
      const tasks = [...Object.keys(table), ...others].map((id) => ({ id }))
      for (const { expectedMs, p90Ms, longestBesideMs } of estimateDurations({ tasks, facts: factsOf(table) })) {
        expect(expectedMs).toBeGreaterThanOrEqual(0)
        expect(p90Ms).toBeGreaterThanOrEqual(expectedMs)
        expect(longestBesideMs).toBeGreaterThanOrEqual(expectedMs)
        expect(Number.isFinite(longestBesideMs)).toBe(true)
      }
    }),
  )
})

/** Slow neighbours, a file that was short for long, and much that is short for sure. */
const trap = factsOf({
  ...Object.fromEntries(Array.from({ length: 6 }, (_, at) => [`slow/${at}`, 100])),
  ...Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`quick/${at}`, 12])),
  'slow/grown': 8,
})

test('a file that grew starts early, since those beside it are long', () => {
  const tasks = Object.keys(trap).map((id) => ({ id, kind: 'k' }))
  const durationMs = ({ id }: { readonly id: string }): number =>
    id === 'slow/grown' ? 150 : (trap[id]?.duration?.medianMs ?? 0)
  const workload = { tasks, facts: trap, workers: workersOf(4), durationMs }
  const plain = simulateSchedule({ workload, policy: longestFirst() }).makespanMs
  const hedged = simulateSchedule({ workload, policy: hedgedLongestFirst({ tasks, facts: trap }) }).makespanMs
  expect(hedged).toBeLessThan(0.85 * plain)
})

test('a history of over half a year orders nothing', () => {
  const day = 24 * 3_600_000
  const facts = factsOf({ a: 1, b: 2 }, 0)
  const tasks = [{ id: 'a' }, { id: 'b' }]
  const view = (id: string, order: number): TaskView => ({
    handle: order,
    definition: { id, kind: 'k' },
    facts: facts[id],
    order,
    criticalPathMs: undefined,
    attempts: 0,
  })
  const keys = (nowWallMs: number): readonly unknown[] => {
    const policy = hedgedLongestFirst({ tasks, facts, nowWallMs })
    return [policy.key(view('a', 0)), policy.key(view('b', 1))]
  }
  expect(keys(181 * day)).toEqual([fifo().key(view('a', 0)), fifo().key(view('b', 1))])
  expect(keys(179 * day)).toEqual([-1, -2])
  expect(() => hedgedLongestFirst({ tasks, hedge: NaN })).toThrow('from 0 to 1')
})
