// How long a run will probably take under a policy, and what would run when and where: for `plan`, for the time that is
// left, and for comparing strategies before one is chosen. Expected durations in, an expected schedule out; it promises
// nothing about a run that goes otherwise.
import type { Policy, Verdict } from '@muster/core'
import { type MakespanBound, makespanBound } from './makespan-bound.ts'
import { expectedDurations, type PlanQuestion } from './plan-question.ts'
import { virtualRun } from './virtual-run.ts'

/** What is asked. */
export interface MakespanQuestion extends PlanQuestion {
  readonly policy: Policy
}

/** One task as it is expected to run. */
export interface ExpectedTask {
  readonly id: string
  /** Id of the worker. */
  readonly worker: string
  readonly startMs: number
  readonly finishMs: number
  /** Whether its duration is not known but taken for granted. */
  readonly isAssumed: boolean
}

/** A task that would not run, and what it would come to. */
export interface IdleTask {
  readonly id: string
  readonly verdict: Verdict
}

/** An expected schedule, or that nothing can be said. */
export type MakespanEstimate =
  | {
      readonly kind: 'estimated'
      /** Milliseconds from the first start to the last end. */
      readonly makespanMs: number
      readonly bound: MakespanBound
      /** Tasks that run, in the order of definition. */
      readonly tasks: readonly ExpectedTask[]
      /** Tasks that do not: skipped by their author, blocked, or without a worker that could run them. */
      readonly idle: readonly IdleTask[]
      /** Running tasks whose duration is assumed. */
      readonly assumed: number
    }
  /** No duration is known and none was given to assume. */
  | { readonly kind: 'unknown'; readonly tasks: number }

/**
 * The expected schedule: near-linear in tasks and edges, since it is the kernel's own. Every attempt is taken to pass at
 * its first try, and every duration to be its median.
 *
 * @example
 * ```ts
 * const graph = requireGraph(buildGraph([
 *   { id: 'a', kind: 'unit', expectedMs: 30 },
 *   { id: 'b', kind: 'unit', expectedMs: 20, dependsOn: ['a'] },
 * ]))
 * const workers = [{ id: 'w', engine: 'local', kinds: ['unit'], capacity: { slots: 2 } }]
 * expectedMakespan({ graph, policy: fifo(), workers }) // => { kind: 'estimated', makespanMs: 50, … }
 * ```
 */
export function expectedMakespan(question: MakespanQuestion): MakespanEstimate {
  const { graph, policy, workers, facts = {} } = question
  const { on, leastMs, isAssumed, isAnyKnown } = expectedDurations(question)
  if (!isAnyKnown && graph.taskCount > 0) return { kind: 'unknown', tasks: graph.taskCount }
  const run = virtualRun({ graph, policy, workers, facts, durationMs: on, leastMs })

  const tasks: ExpectedTask[] = []
  const idle: IdleTask[] = []
  for (const [handle, { id }] of [...graph.tasks()].entries()) {
    const startMs = run.startsMs[handle] ?? NaN
    if (Number.isNaN(startMs)) {
      leastMs[handle] = 0
      idle.push({ id, verdict: run.verdict(handle) })
      continue
    }
    const worker = run.workers[handle] ?? -1
    const finishMs = startMs + on(handle, worker)
    tasks.push({ id, worker: workers[worker]?.id ?? '', startMs, finishMs, isAssumed: isAssumed[handle] === 1 })
  }
  return {
    kind: 'estimated',
    makespanMs: tasks.reduce((latest, { finishMs }) => Math.max(latest, finishMs), 0),
    bound: makespanBound(graph, workers, leastMs),
    tasks,
    idle,
    assumed: tasks.filter(({ isAssumed }) => isAssumed).length,
  }
}
