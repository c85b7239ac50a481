import type { TaskDefinition } from '@muster/core'
import { buildGraph, type Graph, requireGraph } from '@muster/core/graph'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { followPlan } from '../strategies/follow-plan.ts'
import { expectedMakespan, type MakespanEstimate } from './expected-makespan.ts'
import { anyPlanQuestion } from './fixtures/any-plan-question.ts'
import type { PlanQuestion } from './plan-question.ts'
import { planSchedule, type SchedulePlan, sufferagePlan } from './plan-schedule.ts'
import { tasksInPlan } from './tasks-in-plan.ts'

type Estimated = Extract<MakespanEstimate, { readonly kind: 'estimated' }>

/** The same graph with what the plan adds. */
function graphOf({ graph }: PlanQuestion, plan: SchedulePlan): Graph<TaskDefinition> {
  return requireGraph(buildGraph(tasksInPlan([...graph.tasks()], plan), { groups: [...graph.groups()] }))
}

/** What comes of a plan when the kernel follows it. */
function followed(question: PlanQuestion, plan: SchedulePlan, graph = graphOf(question, plan)): Estimated {
  const estimate = expectedMakespan({ ...question, graph, policy: followPlan(plan, { workers: 'kept' }) })
  if (estimate.kind !== 'estimated') throw new Error('every duration is known')
  return estimate
}

function holds(follow: (question: PlanQuestion, plan: SchedulePlan) => Estimated): void {
  fc.assert(
    fc.property(anyPlanQuestion({ isUnrelated: true, leastMs: 1 }), fc.nat(99), (question, seed) => {
      const plan = planSchedule(question, { passes: 20, seed })
      const { tasks, idle } = follow(question, plan)
      const startsMs = new Map(tasks.map(({ id, startMs }) => [id, startMs]))
      expect(idle).toEqual([])
      for (const { id, startMs } of plan.tasks) expect(startsMs.get(id)).toBeLessThanOrEqual(startMs)
    }),
    { numRuns: 200 },
  )
}

test('the kernel that follows a plan begins no task later than planned', () => {
  holds(followed)
})

test('planted fault: the order of a plan without what it makes tasks wait for does not hold', () => {
  expect(() => {
    holds((question, plan) => followed(question, plan, question.graph))
  }).toThrow()
})

test('every task has its place once, for as long as it takes, and no plan beats the bound', () => {
  fc.assert(
    fc.property(anyPlanQuestion({ isUnrelated: true }), (question) => {
      const { tasks, makespanMs, bound, passes } = planSchedule(question, { passes: 30 })
      const { graph, workers, durationMs } = question
      expect(tasks.map(({ id }) => id).sort()).toEqual([...graph.taskOrder()].sort())
      expect(makespanMs).toBe(Math.max(...tasks.map(({ finishMs }) => finishMs)))
      expect(makespanMs).toBeGreaterThanOrEqual(bound.ms - 1e-6)
      expect(passes).toBeLessThanOrEqual(30)
      for (const { id, worker, startMs, finishMs } of tasks) {
        const on = workers.find((each) => each.id === worker)
        const task = graph.task(id)
        expect(on !== undefined && task !== undefined && finishMs - startMs).toBe(
          on !== undefined && task !== undefined && durationMs?.(task, on),
        )
      }
    }),
  )
})

test('a plan made in one go holds as well', () => {
  fc.assert(
    fc.property(anyPlanQuestion({ isUnrelated: true, leastMs: 1 }), (question) => {
      const plan = sufferagePlan(question)
      expect(followed(question, plan).makespanMs).toBeLessThanOrEqual(plan.makespanMs)
    }),
  )
})

test('tasks of no length hold nothing in a plan, and all tasks run all the same', () => {
  fc.assert(
    fc.property(anyPlanQuestion({ isUnrelated: true }), (question) => {
      const { idle, tasks } = followed(question, planSchedule(question, { passes: 20 }))
      expect([idle.length, tasks.length]).toEqual([0, question.graph.taskCount])
    }),
    { numRuns: 50 },
  )
})

/** Every order of placing tasks that there is, each as early as it goes: slow, and sharing no code with the planner. */
function shortestOfAll(
  tasks: readonly { readonly ms: number; readonly cpu: number; readonly after: readonly number[] }[],
  cpu: number,
): number {
  const starts = new Map<number, number>()
  let best = Infinity
  const usedAt = (ms: number): number =>
    [...starts].reduce((sum, [at, startMs]) => {
      const task = tasks[at]
      return task !== undefined && startMs <= ms && ms < startMs + task.ms ? sum + task.cpu : sum
    }, 0)
  const place = (left: ReadonlySet<number>, makespan: number): void => {
    if (left.size === 0) best = Math.min(best, makespan)
    if (makespan >= best) return
    for (const at of left) {
      const task = tasks[at]
      if (task === undefined || task.after.some((leader) => left.has(leader))) continue
      let startMs = Math.max(0, ...task.after.map((leader) => (starts.get(leader) ?? 0) + (tasks[leader]?.ms ?? 0)))
      while (Array.from({ length: task.ms }, (_, i) => usedAt(startMs + i)).some((used) => used + task.cpu > cpu))
        startMs++
      starts.set(at, startMs)
      place(new Set([...left].filter((other) => other !== at)), Math.max(makespan, startMs + task.ms))
      starts.delete(at)
    }
  }
  place(new Set(tasks.keys()), 0)
  return best
}

test('five tasks are planned as well as is possible', () => {
  const five = fc.array(
    fc.record({ ms: fc.integer({ min: 1, max: 4 }), cpu: fc.integer({ min: 1, max: 3 }), before: fc.option(fc.nat()) }),
    { minLength: 5, maxLength: 5 },
  )
  fc.assert(
    fc.property(five, (rows) => {
      const tasks = rows.map(({ ms, cpu, before }, at) => ({
        ms,
        cpu,
        after: at === 0 || before === null ? [] : [before % at],
      }))
      const graph = requireGraph(
        buildGraph(
          tasks.map(({ ms, cpu, after }, at): TaskDefinition => ({
            id: `t${at}`,
            kind: 'unit',
            expectedMs: ms,
            dependsOn: after.map((leader) => `t${leader}`),
            needs: { resources: { cpu } },
          })),
        ),
      )
      const workers = [{ id: 'w', engine: 'e', kinds: ['unit'], capacity: { slots: 5, cpu: 3 } }]
      expect(planSchedule({ graph, workers }, { passes: 200 }).makespanMs).toBe(shortestOfAll(tasks, 3))
    }),
    { numRuns: 60 },
  )
})
