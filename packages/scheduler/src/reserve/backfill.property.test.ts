// A promise is kept: nobody starts later than the place that was kept for him, whoever passed him. The earliest place is worked
// out here again from what really ran, so that a promise that was too late from the start is seen as well.
import type { TaskDefinition, WorkerDefinition } from '@muster/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createPolicy } from '../pipeline/create-policy.ts'
import type { Plugin } from '../pipeline/plugin.ts'
import { simulateSchedule } from '../simulate/simulate-schedule.ts'
import { fifo } from '../strategies/fifo.ts'
import { backfill, type PromisedPlace } from './backfill.ts'
import { shortened } from './fixtures/shortened.ts'
import { patientBackfill } from './patient-backfill.ts'

interface Job {
  readonly atMs: number
  readonly ms: number
  readonly slots: number
  readonly cpu: number
  /** What it really takes of what it asked for. */
  readonly share: number
}

const jobs = fc.array(
  fc.record<Job>({
    atMs: fc.integer({ min: 0, max: 60 }),
    ms: fc.integer({ min: 1, max: 40 }),
    slots: fc.integer({ min: 1, max: 4 }),
    cpu: fc.integer({ min: 0, max: 4 }),
    share: fc.constantFrom(1, 1, 0.5),
  }),
  { minLength: 2, maxLength: 25 },
)

interface Judged {
  readonly promises: number
  readonly late: readonly string[]
  readonly ran: number
}

function judged(
  drawn: readonly Job[],
  machines: number,
  make: (tell: (promise: PromisedPlace) => void) => Plugin | 'patient',
): Judged {
  const tasks = drawn.map(({ ms, slots, cpu }, at): TaskDefinition => ({
    id: `j${at}`,
    kind: 'job',
    expectedMs: ms,
    needs: { resources: { slots, cpu } },
  }))
  const workers = Array.from({ length: machines }, (_, at): WorkerDefinition => ({
    id: `w${at}`,
    engine: 'none',
    kinds: ['job'],
    capacity: { slots: 4, cpu: 4 },
  }))
  const of = ({ id }: TaskDefinition): Job =>
    drawn[Number(id.slice(1))] ?? { atMs: 0, ms: 1, slots: 1, cpu: 0, share: 1 }
  const promises: PromisedPlace[] = []
  const tell = (promise: PromisedPlace): void => void promises.push(promise)
  const made = make(tell)
  const policy =
    made === 'patient' ? patientBackfill({ patience: 1, leastMs: 1, onPromise: tell }) : createPolicy(fifo(), [made])
  const { startsMs, tookMs, placedOn } = simulateSchedule({
    workload: {
      tasks,
      workers,
      arrivesAtMs: (task) => of(task).atMs,
      durationMs: (task) => of(task).ms * of(task).share,
    },
    policy,
  })
  // The earliest time with room on any worker, by the bounds of what ran when the promise was made.
  const earliest = ({ task, madeMs }: PromisedPlace): number => {
    const own = of({ id: task, kind: 'job' })
    const freeFrom = workers.map((_, worker) => {
      const ran = drawn.flatMap((job, at) =>
        placedOn[at] === worker && (startsMs[at] ?? NaN) <= madeMs && (startsMs[at] ?? 0) + (tookMs[at] ?? 0) > madeMs
          ? [{ ...job, endMs: (startsMs[at] ?? 0) + job.ms }]
          : [],
      )
      const times = [madeMs, ...ran.map(({ endMs }) => endMs)].sort((a, b) => a - b)
      return times.find((ms) => {
        const open = ran.filter(({ endMs }) => endMs > ms)
        const slots = open.reduce((sum, job) => sum + job.slots, own.slots)
        const cpu = open.reduce((sum, job) => sum + job.cpu, own.cpu)
        return slots <= 4 && cpu <= 4
      })
    })
    return Math.min(...freeFrom.map((ms) => ms ?? Infinity))
  }
  const late = promises.flatMap((promise) => {
    const startMs = startsMs[Number(promise.task.slice(1))] ?? Infinity
    const dueMs = Math.max(earliest(promise), 0)
    return startMs <= promise.atMs && (promise.atMs <= dueMs || made === 'patient')
      ? []
      : [`${promise.task} at ${startMs}, promised ${promise.atMs}, possible ${dueMs}`]
  })
  return { promises: promises.length, late, ran: startsMs.filter((ms) => !Number.isNaN(ms)).length }
}

describe('a promise is kept, and everybody runs', () => {
  test.each([1, 2, 3])('on %i workers, one promise at a time', (machines) => {
    let promises = 0
    fc.assert(
      fc.property(jobs, (drawn) => {
        const { late, ran, promises: made } = judged(drawn, machines, (onPromise) => backfill({ onPromise }))
        promises += made
        expect(late).toEqual([])
        expect(ran).toBe(drawn.length)
      }),
    )
    expect(promises).toBeGreaterThan(10)
  })

  test('shortest first, with a promise for whoever waited too long', () => {
    let promises = 0
    fc.assert(
      fc.property(jobs, fc.integer({ min: 1, max: 3 }), (drawn, machines) => {
        const { late, ran, promises: made } = judged(drawn, machines, () => 'patient')
        promises += made
        expect(late).toEqual([])
        expect(ran).toBe(drawn.length)
      }),
    )
    expect(promises).toBeGreaterThan(5)
  })

  test('with several promises everybody runs, and the first of them is kept', () => {
    fc.assert(
      fc.property(jobs, fc.integer({ min: 1, max: 2 }), (drawn, machines) => {
        const { ran } = judged(drawn, machines, (onPromise) => backfill({ promises: 4, onPromise }))
        expect(ran).toBe(drawn.length)
      }),
    )
  })
})

describe('planted faults are seen', () => {
  test.each<readonly [string, (plugin: Plugin) => Plugin]>([
    [
      'whoever fits goes',
      (plugin) => ({
        ...plugin,
        admit: (question) => {
          plugin.admit?.(question)
          return undefined
        },
      }),
    ],
    [
      'what ends later is let pass',
      (plugin) => ({
        ...plugin,
        admit: (question) => plugin.admit?.({ ...question, task: shortened(question.task, 0.25) }),
      }),
    ],
  ])('%s', (_, spoil) => {
    const made = (onPromise: (promise: PromisedPlace) => void): Plugin => {
      const plugin = backfill({ onPromise })
      const spoiled: Plugin = { ...spoil(plugin), forRun: () => spoiled }
      return spoiled
    }
    const found = fc.check(
      fc.property(jobs, (drawn) => {
        expect(judged(drawn, 1, made).late).toEqual([])
      }),
      { numRuns: 500 },
    )
    expect(found.failed).toBe(true)
  })
})
