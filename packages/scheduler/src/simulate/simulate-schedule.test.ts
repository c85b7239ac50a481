// A simulated schedule is the one that the kernel would make, and its figures are read off it rightly.
import type { TaskDefinition, WorkerDefinition } from '@muster/core'
import { buildGraph, requireGraph } from '@muster/core/graph'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { expectedMakespan } from '../plan/expected-makespan.ts'
import { strategyByName, strategyNames } from '../strategy/strategy-by-name.ts'
import { fifo } from '../strategies/fifo.ts'
import { longestFirst } from '../strategies/longest-first.ts'
import { compareStrategies } from './compare-strategies.ts'
import { jainIndex, scheduleMetrics } from './schedule-metrics.ts'
import { simulateSchedule } from './simulate-schedule.ts'

const workers: readonly WorkerDefinition[] = [
  { id: 'a', engine: 'e', kinds: ['k'], capacity: { slots: 1 } },
  { id: 'b', engine: 'e', kinds: ['k'], capacity: { slots: 1 } },
]
const anyTasks: fc.Arbitrary<readonly TaskDefinition[]> = fc
  .array(fc.record({ expectedMs: fc.integer({ min: 1, max: 50 }), before: fc.array(fc.nat(), { maxLength: 2 }) }), {
    minLength: 1,
    maxLength: 25,
  })
  .map((all) =>
    all.map(({ expectedMs, before }, i) => ({
      id: `t${i}`,
      kind: 'k',
      expectedMs,
      dependsOn: i === 0 ? [] : [...new Set(before.map((at) => `t${at % i}`))],
    })),
  )

test('what all comes at once is scheduled as a plan foretells', () => {
  fc.assert(
    fc.property(anyTasks, fc.constantFrom(...strategyNames), (tasks, name) => {
      const plan = expectedMakespan({ graph: requireGraph(buildGraph(tasks)), workers, policy: strategyByName(name) })
      const schedule = simulateSchedule({ workload: { tasks, workers }, policy: strategyByName(name) })
      expect(plan).toMatchObject({ kind: 'estimated', makespanMs: schedule.makespanMs })
      expect(schedule.verdicts).toEqual({ passed: tasks.length })
    }),
  )
})

test('nothing starts before it came, and no worker is given more than it has', () => {
  fc.assert(
    fc.property(anyTasks, fc.array(fc.nat({ max: 100 }), { minLength: 25, maxLength: 25 }), (tasks, comes) => {
      const alone = tasks.map((task) => ({ ...task, dependsOn: [] }))
      const arrivesAtMs = ({ id }: TaskDefinition): number => comes[Number(id.slice(1))] ?? 0
      const { startsMs, arrivedMs, tookMs, placedOn } = simulateSchedule({
        workload: { tasks: alone, workers, arrivesAtMs },
        policy: longestFirst(),
      })
      for (const at of alone.keys()) {
        expect(startsMs[at]).toBeGreaterThanOrEqual(arrivedMs[at] ?? NaN)
        for (let other = 0; other < at; other++) {
          if (placedOn[other] !== placedOn[at]) continue
          const [early, late] = (startsMs[at] ?? 0) < (startsMs[other] ?? 0) ? [at, other] : [other, at]
          expect((startsMs[early] ?? 0) + (tookMs[early] ?? 0)).toBeLessThanOrEqual(startsMs[late] ?? 0)
        }
      }
    }),
  )
})

test('the policy knows the past, and the schedule takes what it really takes', () => {
  const tasks = [
    { id: 'was-short', kind: 'k', expectedMs: 1 },
    { id: 'was-long', kind: 'k', expectedMs: 100 },
  ]
  const one = workers.slice(0, 1)
  const durationMs = ({ id }: TaskDefinition): number => (id === 'was-short' ? 100 : 1)
  const { startsMs } = simulateSchedule({ workload: { tasks, workers: one, durationMs }, policy: longestFirst() })
  expect([...startsMs]).toEqual([1, 0])
})

test('what hangs on a failure never runs, and is counted', () => {
  const tasks = [
    { id: 'a', kind: 'k', expectedMs: 5 },
    { id: 'b', kind: 'k', dependsOn: ['a'] },
    { id: 'c', kind: 'gpu' },
  ]
  const workload = { tasks, workers, result: () => 'failed' as const }
  const schedule = simulateSchedule({ workload, policy: fifo() })
  expect(schedule.verdicts).toEqual({ failed: 1, blocked: 1, unplaceable: 1 })
  expect(scheduleMetrics(workload, schedule)).toMatchObject({ makespanMs: 5, idle: 2 })
})

test('figures: waits, deadlines, fairness, use and cost', () => {
  const tasks = [
    { id: 'a', kind: 'k', expectedMs: 10, owner: 'x', deadlineMs: 10 },
    { id: 'b', kind: 'k', expectedMs: 10, owner: 'y', deadlineMs: 15 },
  ]
  const workload = { tasks, workers: workers.slice(0, 1), costPerMs: () => 2 }
  const metrics = scheduleMetrics(workload, simulateSchedule({ workload, policy: fifo() }))
  expect(metrics).toMatchObject({ makespanMs: 20, meanWaitMs: 5, p95WaitMs: 10, deadlinesMet: 0.5, cost: 40 })
  expect(metrics.utilisation).toBe(1)
  expect(metrics.jain).toBeCloseTo(0.9)
  expect(jainIndex([1, 0, 0, 0])).toBe(0.25)
})

test('strategies side by side', () => {
  const tasks = [10, 10, 20].map((expectedMs, i) => ({ id: `t${i}`, kind: 'k', expectedMs }))
  const { shortest, table, plot } = compareStrategies(
    { tasks, workers },
    { 'first come': fifo(), longest: longestFirst() },
  )
  expect(shortest).toBe('longest')
  expect(table.split('\n').map((line) => line.trim().split(/ {2,}/))).toEqual([
    ['makespan', 'mean wait', 'p95 wait', 'in use', 'cost'],
    ['first come', '30 ms', '3 ms', '10 ms', '66.7 %', '40 ms'],
    ['longest', '20 ms', '3 ms', '10 ms', '100.0 %', '40 ms'],
  ])
  expect(plot).toContain('longest     ███████████████████████████ 20 ms')
})
