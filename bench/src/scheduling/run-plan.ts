// Carries a plan out: the real kernel follows it on a virtual clock, and what it comes to is checked and counted, not what
// the plan promised.
import { buildGraph, requireGraph } from '@muster/core/graph'
import { followPlan, type PlanQuestion, type SchedulePlan, tasksInPlan } from '@muster/scheduler'
import { runPolicy } from './run-policy.ts'
import type { SchedulingInstance } from './scheduling-instance.ts'

/** The makespan of a run that follows a plan. Throws where it is not a schedule, or longer than planned. */
export function runPlan(instance: SchedulingInstance, question: PlanQuestion, plan: SchedulePlan): number {
  const graph = requireGraph(buildGraph(tasksInPlan(instance.tasks, plan)))
  const { makespan } = runPolicy(instance, { ...question, graph }, followPlan(plan, { workers: 'kept' }))
  if (makespan > plan.makespanMs)
    throw new Error(`Expected ${instance.name} to take ${plan.makespanMs} as planned, got ${makespan}`)
  return makespan
}
