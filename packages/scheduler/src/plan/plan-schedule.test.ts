import type { TaskDefinition } from '@muster/core'
import { buildGraph, requireGraph } from '@muster/core/graph'
import { expect, test } from 'vitest'
import { criticalPathFirst } from '../strategies/critical-path-first.ts'
import { followPlan } from '../strategies/follow-plan.ts'
import { expectedMakespan } from './expected-makespan.ts'
import { planSchedule } from './plan-schedule.ts'
import { tasksInPlan } from './tasks-in-plan.ts'

const workers = [{ id: 'w', engine: 'local', kinds: ['unit'], capacity: { slots: 9, cpu: 4 } }]
const unit = (id: string, expectedMs: number, cpu: number, ...dependsOn: string[]): TaskDefinition => ({
  id,
  kind: 'unit',
  expectedMs,
  dependsOn,
  needs: { resources: { cpu } },
})

/** The wide task has to run alone. Whoever begins `idle` beside `short` because it fits delays the wide one, and the chain. */
const tasks = [unit('short', 2, 1), unit('idle', 9, 1), unit('wide', 4, 4, 'short'), unit('tail', 9, 2, 'wide')]
const graph = requireGraph(buildGraph(tasks))

test('a plan lets a task wait although it would fit, where that is shorter', () => {
  const online = expectedMakespan({ graph, workers, policy: criticalPathFirst() })
  expect(online).toMatchObject({ makespanMs: 22 })
  const plan = planSchedule({ graph, workers }, { passes: 100 })
  expect(plan).toMatchObject({ makespanMs: 15, bound: { ms: 15 } })
  expect(plan.tasks.map(({ id, startMs }) => [id, startMs])).toEqual([
    ['short', 0],
    ['wide', 2],
    ['idle', 6],
    ['tail', 6],
  ])
})

test('what a task takes over is waited for, and the kernel then keeps to the plan', () => {
  const plan = planSchedule({ graph, workers }, { passes: 100 })
  const planned = tasksInPlan(tasks, plan)
  expect(planned.find(({ id }) => id === 'idle')?.dependsOn).toEqual([{ on: 'wide', kind: 'soft' }])
  expect(planned.find(({ id }) => id === 'short')).toBe(tasks[0])
  const run = expectedMakespan({ graph: requireGraph(buildGraph(planned)), workers, policy: followPlan(plan) })
  expect(run).toMatchObject({ makespanMs: 15 })
})

test('the same seed makes the same plan', () => {
  const plans = [1, 1, 2].map((seed) => planSchedule({ graph, workers }, { passes: 40, seed }))
  expect(plans[1]).toEqual(plans[0])
})

test('the clock of the caller ends the search, and one schedule is always made', () => {
  let ms = 0
  const plan = planSchedule({ graph, workers }, { passes: 1_000_000, forMs: 0, now: () => ms++ })
  expect(plan.passes).toBeLessThanOrEqual(2)
  expect(plan.tasks).toHaveLength(4)
})

test('a plan that leaves a slow worker idle is kept to', () => {
  const both = ['slow', 'quick'].map((id) => ({ id, engine: 'local', kinds: ['unit'], capacity: { slots: 1 } }))
  const question = {
    graph: requireGraph(
      buildGraph([
        { id: 'a', kind: 'unit' },
        { id: 'b', kind: 'unit', dependsOn: ['a'] },
      ]),
    ),
    workers: both,
    durationMs: (_: TaskDefinition, { id }: { readonly id: string }) => (id === 'slow' ? 9 : 2),
  }
  const plan = planSchedule(question, { passes: 10 })
  expect(plan.makespanMs).toBe(4)
  expect(expectedMakespan({ ...question, policy: followPlan(plan, { workers: 'kept' }) })).toMatchObject({
    makespanMs: 4,
  })
})

test('nothing to plan is a plan of no length', () => {
  const empty = requireGraph(buildGraph<TaskDefinition>([]))
  expect(planSchedule({ graph: empty, workers })).toMatchObject({ makespanMs: 0, tasks: [] })
})

test('a task that no worker suits has no place', () => {
  const wrong = requireGraph(buildGraph([unit('a', 3, 1), unit('b', 3, 99)]))
  expect(planSchedule({ graph: wrong, workers }).tasks.map(({ id }) => id)).toEqual(['a'])
})

test('a budget that is none is refused', () => {
  for (const passes of [0, 1.5, NaN]) expect(() => planSchedule({ graph, workers }, { passes })).toThrow('passes')
  expect(() => planSchedule({ graph, workers }, { forMs: 5 })).toThrow('no clock')
  expect(() => planSchedule({ graph, workers }, { forMs: NaN, now: () => 0 })).toThrow('NaN')
})
