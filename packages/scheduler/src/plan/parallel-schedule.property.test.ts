import type { Policy, TaskDefinition } from '@muster/core'
import { buildGraph, requireGraph } from '@muster/core/graph'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { expectedMakespan } from './expected-makespan.ts'
import { anyPlanQuestion } from './fixtures/any-plan-question.ts'
import { ParallelScheduler } from './parallel-schedule.ts'
import { expectedDurations } from './plan-question.ts'
import { ranksBy } from './plan-problem.ts'
import { readProblem } from './read-problem.ts'

/** The kernel places by the worker that joined first; a planner by the quickest. With one worker they agree on everything. */
const oneWorker = anyPlanQuestion({ workers: 1 })

test('on one worker it is the schedule that the kernel makes, whatever the order', () => {
  fc.assert(
    fc.property(oneWorker, fc.array(fc.nat(1000), { minLength: 20, maxLength: 20 }), (question, dice) => {
      const key = (at: number): number => dice[at] ?? 0
      const problem = readProblem({ ...question, durationMs: expectedDurations(question).on })
      const ranks = ranksBy(problem, key)
      const { startsMs, makespanMs } = new ParallelScheduler(problem).generate(ranks)
      const policy: Policy = { name: 'by rank', key: ({ handle }) => ranks[handle] ?? 0 }
      const run = expectedMakespan({ ...question, policy })
      expect(run).toMatchObject({ kind: 'estimated', makespanMs, idle: [] })
      if (run.kind === 'estimated')
        expect(run.tasks.map(({ startMs }) => startMs)).toEqual([...startsMs.subarray(0, run.tasks.length)])
    }),
    { numRuns: 400 },
  )
})

test('a scheduler used again makes the same schedule again', () => {
  fc.assert(
    fc.property(anyPlanQuestion({}), (question) => {
      const problem = readProblem({ ...question, durationMs: expectedDurations(question).on })
      const scheduler = new ParallelScheduler(problem)
      const ranks = ranksBy(problem, (node) => node)
      const first = scheduler.generate(ranks)
      scheduler.generate(ranksBy(problem, (node) => -node))
      expect(scheduler.generate(ranks)).toEqual(first)
    }),
  )
})

test('fractions that are taken and given back leave room for the whole', () => {
  const part = (id: string, cpu: number, ...dependsOn: string[]): TaskDefinition => ({
    id,
    kind: 'unit',
    expectedMs: 1,
    dependsOn,
    needs: { resources: { cpu } },
  })
  const graph = requireGraph(
    buildGraph([part('a', 0.1), part('b', 0.2), part('c', 0.7), part('all', 1, 'a', 'b', 'c')]),
  )
  const workers = [{ id: 'w', engine: 'e', kinds: ['unit'], capacity: { slots: 9, cpu: 1 } }]
  const problem = readProblem({ graph, workers, durationMs: () => 1 })
  expect(new ParallelScheduler(problem).generate(ranksBy(problem, (node) => node)).makespanMs).toBe(2)
})
