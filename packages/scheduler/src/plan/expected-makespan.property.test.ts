import type { Policy, TaskDefinition, WorkerDefinition } from '@muster/core'
import { buildGraph, requireGraph } from '@muster/core/graph'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fifo } from '../strategies/fifo.ts'
import { strategyByName, strategyNames } from '../strategy/strategy-by-name.ts'
import { expectedMakespan, type MakespanEstimate } from './expected-makespan.ts'

type Estimated = Extract<MakespanEstimate, { readonly kind: 'estimated' }>

const anyTasks: fc.Arbitrary<readonly TaskDefinition[]> = fc
  .array(
    fc.record({
      expectedMs: fc.integer({ min: 0, max: 20 }),
      before: fc.array(fc.nat(), { maxLength: 3 }),
      cpu: fc.constantFrom(undefined, 1, 2, 3),
      group: fc.constantFrom(undefined, 'g', 'h'),
      lock: fc.constantFrom(undefined, undefined, 'l'),
      limited: fc.boolean(),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map((rows) =>
    rows.map(({ expectedMs, before, cpu, group, lock, limited }, i): TaskDefinition => ({
      id: `t${i}`,
      kind: 'unit',
      expectedMs,
      dependsOn:
        i === 0
          ? []
          : [...new Set(before.map((at) => `t${at % i}`))].map((on, at) => ({
              on,
              ...(limited && at === 0 ? { timeLimitMs: 5, kind: 'soft' } : at === 2 ? { kind: 'optional' } : {}),
            })),
      groups: group === undefined ? [] : [group],
      needs: { resources: cpu === undefined ? {} : { cpu }, locks: lock === undefined ? [] : [lock] },
    })),
  )

const anyWorkers: fc.Arbitrary<readonly WorkerDefinition[]> = fc
  .array(fc.record({ slots: fc.integer({ min: 1, max: 3 }), cpu: fc.integer({ min: 3, max: 6 }) }), {
    minLength: 1,
    maxLength: 3,
  })
  .map((all) => all.map((capacity, i) => ({ id: `w${i}`, engine: 'local', kinds: ['unit'], capacity })))

const anyPolicy: fc.Arbitrary<Policy> = fc.constantFrom(...strategyNames.map(strategyByName))

function estimate(tasks: readonly TaskDefinition[], workers: readonly WorkerDefinition[], policy: Policy): Estimated {
  const graph = requireGraph(buildGraph(tasks, { groups: [{ id: 'g', concurrency: 2 }] }))
  const answer = expectedMakespan({ graph, policy, workers })
  if (answer.kind !== 'estimated') throw new Error('every duration is known')
  return answer
}

test('every task runs once, for as long as it takes, and no schedule beats the bound', () => {
  fc.assert(
    fc.property(anyTasks, anyWorkers, anyPolicy, (tasks, workers, policy) => {
      const { tasks: ran, makespanMs, bound, idle } = estimate(tasks, workers, policy)
      expect(idle).toEqual([])
      expect(ran.map(({ id, startMs, finishMs }) => [id, finishMs - startMs])).toEqual(
        tasks.map(({ id, expectedMs }) => [id, expectedMs]),
      )
      expect(makespanMs).toBe(Math.max(...ran.map(({ finishMs }) => finishMs)))
      expect(bound.ms).toBeLessThanOrEqual(makespanMs + 1e-6)
    }),
  )
})

test('nothing starts before what it depends on has ended, unless its time limit let it go', () => {
  fc.assert(
    fc.property(anyTasks, anyWorkers, anyPolicy, (tasks, workers, policy) => {
      const { tasks: ran } = estimate(tasks, workers, policy)
      const byId = new Map(ran.map((task) => [task.id, task]))
      for (const { id, dependsOn = [] } of tasks) {
        for (const edge of dependsOn) {
          if (typeof edge === 'string' || edge.timeLimitMs !== undefined || edge.kind === 'optional') continue
          expect(byId.get(id)?.startMs).toBeGreaterThanOrEqual(byId.get(edge.on)?.finishMs ?? Infinity)
        }
      }
    }),
  )
})

test('what runs at the same time fits: slots, cpu, locks and group limits', () => {
  fc.assert(
    fc.property(anyTasks, anyWorkers, anyPolicy, (tasks, workers, policy) => {
      const { tasks: ran } = estimate(tasks, workers, policy)
      for (const { startMs: atMs } of ran) {
        const now = ran.flatMap((task) => {
          const definition = tasks.find(({ id }) => id === task.id)
          return task.startMs <= atMs && atMs < task.finishMs && definition !== undefined
            ? [{ ...task, definition }]
            : []
        })
        for (const { id, capacity } of workers) {
          const here = now.filter(({ worker }) => worker === id)
          expect(here.length).toBeLessThanOrEqual(capacity['slots'] ?? 0)
          const cpu = here.reduce((sum, { definition }) => sum + (definition.needs?.resources?.['cpu'] ?? 0), 0)
          expect(cpu).toBeLessThanOrEqual(capacity['cpu'] ?? 0)
        }
        expect(now.filter(({ definition }) => definition.needs?.locks?.includes('l')).length).toBeLessThanOrEqual(1)
        expect(now.filter(({ definition }) => definition.groups?.includes('g')).length).toBeLessThanOrEqual(2)
      }
    }),
  )
})

/** Independent of the kernel: one slot each, everything looked at anew at every moment at which something ends. */
function slowSchedule(tasks: readonly TaskDefinition[], slots: number): ReadonlyMap<string, number> {
  const starts = new Map<string, number>()
  const ends = new Map<string, number>()
  for (let nowMs = 0; starts.size < tasks.length;) {
    for (const { id, dependsOn = [], expectedMs = 0 } of tasks) {
      const isReady = dependsOn.every(
        (edge) => (ends.get(typeof edge === 'string' ? edge : edge.on) ?? Infinity) <= nowMs,
      )
      const running = [...ends.values()].filter((endMs) => endMs > nowMs).length
      if (starts.has(id) || !isReady || running >= slots) continue
      starts.set(id, nowMs)
      ends.set(id, nowMs + expectedMs)
    }
    nowMs = Math.min(...[...ends.values()].filter((endMs) => endMs > nowMs), Infinity)
  }
  return starts
}

test('on equal slots it is the schedule that a slow and obvious scheduler makes', () => {
  // Durations above zero: what takes no time makes several rounds in one moment, which the slow one does not play.
  const plain = anyTasks.map((tasks) =>
    tasks.map(({ id, kind, expectedMs = 0, dependsOn = [] }) => ({
      id,
      kind,
      expectedMs: expectedMs + 1,
      dependsOn: dependsOn.map((edge) => (typeof edge === 'string' ? edge : edge.on)),
    })),
  )
  fc.assert(
    fc.property(plain, fc.integer({ min: 1, max: 4 }), (tasks, slots) => {
      const workers = Array.from({ length: slots }, (_, i) => ({
        id: `w${i}`,
        engine: 'e',
        kinds: ['unit'],
        capacity: { slots: 1 },
      }))
      const { tasks: ran } = estimate(tasks, workers, fifo())
      expect(new Map(ran.map(({ id, startMs }) => [id, startMs]))).toEqual(new Map(slowSchedule(tasks, slots)))
    }),
  )
})
