import type { TaskDefinition } from '@muster/core'
import { buildGraph, requireGraph } from '@muster/core/graph'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { followPlan } from '../strategies/follow-plan.ts'
import { expectedMakespan } from './expected-makespan.ts'
import type { PlanQuestion } from './plan-question.ts'
import { planSchedule, type SchedulePlan, sufferagePlan } from './plan-schedule.ts'

/** Times by job and machine; a time of 0 stands for a machine that does not suit the job. */
const anyTimes = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 7 })).chain(([machines, jobs]) =>
  fc.array(
    fc
      .array(fc.integer({ min: 0, max: 12 }), { minLength: machines, maxLength: machines })
      .map((row) => (row.every((ms) => ms === 0) ? row.map(() => 5) : row)),
    { minLength: jobs, maxLength: jobs },
  ),
)

function questionOf(times: readonly (readonly number[])[]): PlanQuestion {
  const tasks = times.map((row, job): TaskDefinition => ({
    id: `j${job}`,
    kind: 'job',
    needs: { labels: row.includes(0) ? [`suits-j${job}`] : [] },
  }))
  const workers = (times[0] ?? []).map((_, machine) => ({
    id: `m${machine}`,
    engine: 'e',
    kinds: ['job'],
    capacity: { slots: 1 },
    labels: times.flatMap((row, job) => (row[machine] === 0 ? [] : [`suits-j${job}`])),
  }))
  const at = (id: string): number => Number(id.slice(1))
  return {
    graph: requireGraph(buildGraph(tasks)),
    workers,
    durationMs: ({ id }, worker) => times[at(id)]?.[at(worker.id)],
  }
}

/** Every assignment there is. */
function shortestOfAll(times: readonly (readonly number[])[]): number {
  const loads = (times[0] ?? []).map(() => 0)
  let best = Infinity
  const assign = (job: number): void => {
    const row = times[job]
    if (row === undefined) {
      best = Math.min(best, ...[Math.max(...loads)])
      return
    }
    for (const [machine, ms] of row.entries()) {
      if (ms === 0) continue
      loads[machine] = (loads[machine] ?? 0) + ms
      assign(job + 1)
      loads[machine] = (loads[machine] ?? 0) - ms
    }
  }
  assign(0)
  return best
}

function isShortest(plan: (question: PlanQuestion) => SchedulePlan): void {
  fc.assert(
    fc.property(anyTimes, (times) => {
      expect(plan(questionOf(times)).makespanMs).toBe(shortestOfAll(times))
    }),
    { numRuns: 200 },
  )
}

test('few jobs on machines of their own speeds are planned as well as is possible', () => {
  isShortest((question) => planSchedule(question, { passes: 300 }))
})

test('planted fault: in one go it is not always the best', () => {
  expect(() => {
    isShortest(sufferagePlan)
  }).toThrow()
})

test('the kernel carries both kinds of plan out as planned', () => {
  fc.assert(
    fc.property(anyTimes, (times) => {
      const question = questionOf(times)
      for (const plan of [sufferagePlan(question), planSchedule(question, { passes: 5 })]) {
        const run = expectedMakespan({ ...question, policy: followPlan(plan, { workers: 'kept' }) })
        expect(run).toMatchObject({ kind: 'estimated', makespanMs: plan.makespanMs, idle: [] })
        expect(plan.makespanMs).toBeGreaterThanOrEqual(plan.bound.ms - 1e-9)
      }
    }),
  )
})

test('a search is never worse than what is made in one go', () => {
  fc.assert(
    fc.property(anyTimes, fc.integer({ min: 1, max: 4 }), (times, passes) => {
      const question = questionOf(times)
      expect(planSchedule(question, { passes }).makespanMs).toBeLessThanOrEqual(sufferagePlan(question).makespanMs)
    }),
  )
})
