// How long a run will probably take under a policy, and what would run when and where: for `plan`, for the time that is
// left, and for comparing strategies before one is chosen. Expected durations in, an expected schedule out; it promises
// nothing about a run that goes otherwise.
import {
  MusterError,
  type Policy,
  type TaskDefinition,
  type TaskFacts,
  type Verdict,
  type WorkerDefinition,
} from '@muster/core'
import type { Graph } from '@muster/core/graph'
import { expectedDurationMs } from '../strategy/expected-duration.ts'
import { type MakespanBound, makespanBound } from './makespan-bound.ts'
import { virtualRun } from './virtual-run.ts'

/** What is asked. */
export interface MakespanQuestion {
  readonly graph: Graph<TaskDefinition>
  readonly policy: Policy
  /** Workers that are there from the start and stay. */
  readonly workers: readonly WorkerDefinition[]
  /** What the past says, by task id. @defaultValue nothing is known */
  readonly facts?: Readonly<Record<string, TaskFacts>> | undefined
  /**
   * Milliseconds to take for a task of unknown duration. The policy still sees that it is unknown.
   * @defaultValue the median of the known ones; where none is known there is no estimate
   */
  readonly unknownMs?: number | undefined
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
  const { graph, policy, workers, facts = {}, unknownMs } = question
  const known = [...graph.tasks()].map((task) =>
    expectedDurationMs(task, Object.hasOwn(facts, task.id) ? facts[task.id] : undefined),
  )
  const assumedMs = checkUnknownMs(unknownMs) ?? middleOf(known)
  if (assumedMs === undefined && known.length > 0) return { kind: 'unknown', tasks: known.length }
  const durationsMs = Float64Array.from(known, (ms) => ms ?? assumedMs ?? 0)
  const run = virtualRun({ graph, policy, workers, facts, durationsMs })

  const tasks: ExpectedTask[] = []
  const idle: IdleTask[] = []
  for (const [handle, { id }] of [...graph.tasks()].entries()) {
    const startMs = run.startsMs[handle] ?? NaN
    if (Number.isNaN(startMs)) {
      durationsMs[handle] = 0
      idle.push({ id, verdict: run.verdict(handle) })
      continue
    }
    const worker = workers[run.workers[handle] ?? -1]?.id ?? ''
    const finishMs = startMs + (durationsMs[handle] ?? 0)
    tasks.push({ id, worker, startMs, finishMs, isAssumed: known[handle] === undefined })
  }
  return {
    kind: 'estimated',
    makespanMs: tasks.reduce((latest, { finishMs }) => Math.max(latest, finishMs), 0),
    bound: makespanBound(graph, workers, durationsMs),
    tasks,
    idle,
    assumed: tasks.filter(({ isAssumed }) => isAssumed).length,
  }
}

function checkUnknownMs(unknownMs: number | undefined): number | undefined {
  if (unknownMs === undefined || (Number.isFinite(unknownMs) && unknownMs >= 0)) return unknownMs
  throw new MusterError('OPTIONS_INVALID', {
    expected: 'unknownMs to be a number of milliseconds from 0 up',
    got: String(unknownMs),
  })
}

/** The median of what is known. */
function middleOf(durationsMs: readonly (number | undefined)[]): number | undefined {
  const sorted = durationsMs.filter((ms) => ms !== undefined).sort((a, b) => a - b)
  const half = sorted.length / 2
  const below = sorted[Math.ceil(half) - 1]
  const above = sorted[Math.floor(half)]
  return below === undefined || above === undefined ? undefined : below + (above - below) / 2
}
