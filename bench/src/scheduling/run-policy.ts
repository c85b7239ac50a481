// Runs an instance under a policy: the real kernel on a virtual clock, through the public entry, every schedule checked
// before its length is believed.
import type { Policy, TaskDefinition } from '@muster/core'
import { buildGraph, requireGraph } from '@muster/core/graph'
import { criticalPathFirst, expectedMakespan, fifo, longestFirst, type PlanQuestion } from '@muster/scheduler'
import { checkSchedule, type ScheduledTask } from './check-schedule.ts'
import type { SchedulingInstance } from './scheduling-instance.ts'

/** A rule by which an instance is run. */
export type Rule = (question: PlanQuestion) => Policy

/** The rules that every comparison has beside ours. */
export const plainRules: Readonly<Record<string, Rule>> = {
  fifo: () => fifo(),
  'shortest first': () => shortestFirst,
  'longest first': () => longestFirst(),
  'bottom level': () => criticalPathFirst(),
}

const shortestFirst: Policy = { name: 'shortest-first', key: ({ definition }) => definition.expectedMs ?? 0 }

/** What is asked of an instance. */
export function questionOf({ tasks, workers, durationMs }: SchedulingInstance): PlanQuestion {
  const graph = requireGraph(buildGraph(tasks))
  if (durationMs === undefined) return { graph, workers }
  const places = new Map(workers.map(({ id }, at) => [id, at]))
  const rows = new Map(tasks.map(({ id }, at) => [id, at]))
  return {
    graph,
    workers,
    durationMs: ({ id }: TaskDefinition, worker) => durationMs(rows.get(id) ?? -1, places.get(worker.id) ?? -1),
  }
}

/** The schedule of a run under a policy. Throws where it is none. */
export function runPolicy(
  instance: SchedulingInstance,
  question: PlanQuestion,
  policy: Policy,
): { readonly makespan: number; readonly tasks: readonly ScheduledTask[] } {
  const estimate = expectedMakespan({ ...question, policy })
  if (estimate.kind !== 'estimated') throw new Error(`Expected ${instance.name} to say how long its tasks take`)
  const problem = checkSchedule(instance, estimate.tasks)
  if (problem !== undefined)
    throw new Error(`Expected a schedule of ${instance.name} under ${policy.name}, got: ${problem}`)
  return { makespan: estimate.makespanMs, tasks: estimate.tasks }
}
