import type { TaskDefinition, WorkerDefinition } from '@muster/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createPolicy } from '../pipeline/create-policy.ts'
import type { Plugin } from '../pipeline/plugin.ts'
import { simulateSchedule } from '../simulate/simulate-schedule.ts'
import { fifo } from '../strategies/fifo.ts'
import { shortened } from './fixtures/shortened.ts'
import { findOverbooked, type Reservation } from './reservation.ts'
import { reservations } from './reservations.ts'

const worker = (id: string, slots = 2, host = 'h'): WorkerDefinition => ({
  id,
  engine: 'none',
  kinds: ['job'],
  capacity: { slots },
  host,
})
const task = (id: string, expectedMs: number, more: Partial<TaskDefinition> = {}): TaskDefinition => ({
  id,
  kind: 'job',
  expectedMs,
  ...more,
})
const starts = (
  list: readonly Reservation[],
  tasks: readonly TaskDefinition[],
  workers = [worker('w')],
): readonly number[] => [
  ...simulateSchedule({ workload: { tasks, workers }, policy: createPolicy(fifo(), [reservations(list)]) }).startsMs,
]
const release = { for: { owner: 'release' }, worker: 'w' }

describe('what is reserved is there', () => {
  test('nobody else starts on it before it is over, and then everybody does', () => {
    const tasks = [task('a', 10), task('b', 10, { owner: 'release/eu' })]
    expect(starts([{ id: 'r', ...release, untilMs: 50 }], tasks)).toEqual([50, 0])
  })

  test('what would run into one to come waits, and what ends before does not', () => {
    const tasks = [task('long', 40), task('short', 20), task('own', 5, { owner: 'release' })]
    expect(starts([{ id: 'r', ...release, fromMs: 30, untilMs: 50 }], tasks)).toEqual([50, 0, 0])
  })

  test('an amount leaves the rest to others', () => {
    const tasks = [task('a', 10), task('b', 10), task('gpu', 5, { tags: ['gpu'] })]
    const list = [{ id: 'r', for: { label: 'gpu' }, host: 'h', resources: { slots: 1 }, untilMs: 100 }]
    expect(starts(list, tasks)).toEqual([0, 10, 0])
  })

  test('it is for one task, wherever it is in the line', () => {
    const tasks = [task('a', 30), task('b', 30), task('last', 5)]
    expect(starts([{ id: 'r', for: { task: 'last' }, worker: 'w', untilMs: 20 }], tasks)).toEqual([20, 20, 0])
  })

  const drawn = fc.record({
    lengths: fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 12 }),
    windows: fc.array(
      fc.record({
        fromMs: fc.integer({ min: 0, max: 40 }),
        ms: fc.integer({ min: 1, max: 30 }),
        slots: fc.integer({ min: 1, max: 2 }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  })
  type Drawn = typeof drawn extends fc.Arbitrary<infer T> ? T : never

  /** The most that others held while something was kept, beyond what they may. */
  function intrusion({ lengths, windows }: Drawn, spoil: (plugin: Plugin) => Plugin = (plugin) => plugin): number {
    const tasks = lengths.map((ms, at) => task(`t${at}`, ms))
    const list = windows.map(({ fromMs, ms, slots }, at) => ({
      id: `r${at}`,
      ...release,
      resources: { slots },
      fromMs,
      untilMs: fromMs + ms,
    }))
    const { startsMs, tookMs, verdicts } = simulateSchedule({
      workload: { tasks, workers: [worker('w')] },
      policy: createPolicy(fifo(), [spoil(reservations(list))]),
    })
    expect(verdicts).toEqual({ passed: lengths.length })
    let worst = 0
    for (let ms = 0; ms < 80; ms++) {
      const kept = Math.min(
        2,
        list.reduce((sum, one) => sum + (one.fromMs <= ms && ms < one.untilMs ? one.resources.slots : 0), 0),
      )
      const used = lengths.filter(
        (_, at) => (startsMs[at] ?? NaN) <= ms && ms < (startsMs[at] ?? 0) + (tookMs[at] ?? 0),
      ).length
      worst = Math.max(worst, used - (2 - kept))
    }
    return worst
  }

  test('others never hold what is kept, and all of them run once it is over', () => {
    fc.assert(
      fc.property(drawn, (plan) => {
        expect(intrusion(plan)).toBeLessThanOrEqual(0)
      }),
    )
  })

  test('a plugin that looks only at the present is caught', () => {
    const blind = (plugin: Plugin): Plugin => {
      const spoiled: Plugin = {
        ...plugin,
        admit: (question) => plugin.admit?.({ ...question, task: shortened(question.task, 0) }),
        forRun: () => spoiled,
      }
      return spoiled
    }
    expect(
      fc.check(
        fc.property(drawn, (plan) => {
          expect(intrusion(plan, blind)).toBeLessThanOrEqual(0)
        }),
      ).failed,
    ).toBe(true)
  })
})

describe('what cannot be reserved is said', () => {
  test.each<readonly [string, Partial<Reservation>]>([
    ['an id', { id: '' }],
    ['after 0 ms', { untilMs: NaN }],
    ['after 50 ms', { fromMs: 50, untilMs: 50 }],
    ['after 0 ms', { untilMs: Infinity }],
    ['from 0 up', { fromMs: NaN }],
    ['for a task, an owner or a label', { for: {} }],
    ['a worker or a host', { host: 'h' }],
    ['a positive amount of slots', { resources: { slots: NaN } }],
    ['a positive amount of slots', { resources: { slots: -1 } }],
  ])('%s', (words, part) => {
    expect(() => reservations([{ id: 'r', ...release, untilMs: 10, ...part }])).toThrow(words)
  })

  test('two of one id', () => {
    const one = { id: 'r', ...release, untilMs: 10 }
    expect(() => reservations([one, one])).toThrow('two called "r"')
  })

  test('what is more than there is, and only while it is', () => {
    const half = (id: string, fromMs: number, untilMs: number): Reservation => ({
      id,
      ...release,
      resources: { slots: 2 },
      fromMs,
      untilMs,
    })
    expect(findOverbooked([half('a', 0, 10), half('b', 10, 20)], [worker('w')])).toEqual([])
    expect(findOverbooked([half('a', 0, 10), half('b', 9, 20)], [worker('w')])).toEqual([
      'a, b keep 4 slots at 9 ms where 2 are',
    ])
    expect(findOverbooked([{ id: 'a', for: { task: 't' }, resources: { gpu: 1 }, untilMs: 1 }], [worker('w')])).toEqual(
      ['a keep 1 gpu at 0 ms where 0 are'],
    )
    expect(findOverbooked([{ id: 'a', for: { task: 't' }, worker: 'x', untilMs: 1 }], [worker('w')])).toEqual([
      'a keeps worker x, which is not there',
    ])
    expect(() => reservations([half('a', 0, 10), half('b', 9, 20)], { workers: [worker('w')] })).toThrow('keep 4 slots')
  })

  test('workers that join later show it as well, once', () => {
    const problems: string[] = []
    const list = [{ id: 'a', ...release, resources: { slots: 3 }, untilMs: 10 }]
    const plugin = reservations(list, { onOverbooked: (problem) => problems.push(problem) })
    simulateSchedule({
      workload: { tasks: [task('t', 1)], workers: [worker('w'), worker('x')] },
      policy: createPolicy(fifo(), [plugin]),
    })
    expect(problems).toEqual(['a keep 3 slots at 0 ms where 2 are'])
  })
})
