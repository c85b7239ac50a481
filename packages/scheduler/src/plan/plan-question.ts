// What everything that looks ahead is asked about: a known set of tasks on workers that stay, and how long what takes.
import { MusterError, type TaskDefinition, type TaskFacts, type WorkerDefinition } from '@muster/core'
import type { Graph } from '@muster/core/graph'
import { expectedDurationMs } from '../strategy/expected-duration.ts'

/** Tasks and workers that are known beforehand. */
export interface PlanQuestion {
  readonly graph: Graph<TaskDefinition>
  /** Workers that are there from the start and stay. */
  readonly workers: readonly WorkerDefinition[]
  /** What the past says, by task id. @defaultValue nothing is known */
  readonly facts?: Readonly<Record<string, TaskFacts>> | undefined
  /**
   * Milliseconds to take for a task of unknown duration. A policy still sees that it is unknown.
   * @defaultValue the median of the known ones; where none is known there is no estimate, and a plan takes all as equal
   */
  readonly unknownMs?: number | undefined
  /**
   * Milliseconds a task takes on a worker, where workers are not equally fast; nothing where that is not known.
   * @defaultValue the same on every worker, by `facts` and `expectedMs`
   */
  readonly durationMs?: ((task: TaskDefinition, worker: WorkerDefinition) => number | undefined) | undefined
}

/** How long what takes, once what is unknown was assumed. */
export interface ExpectedDurations {
  /** By handle of the task and position of the worker. */
  readonly on: (task: number, worker: number) => number
  /** The least over all workers, by handle. */
  readonly leastMs: Float64Array
  /** 1 where nothing is known of a task, by handle. */
  readonly isAssumed: Uint8Array
  /** Whether any duration was known at all, or given to assume. */
  readonly isAnyKnown: boolean
}

/** Durations of all tasks on all workers. Kept for each worker only where they differ between workers. */
export function expectedDurations(question: PlanQuestion): ExpectedDurations {
  const { graph, workers, facts = {}, unknownMs, durationMs } = question
  const width = durationMs === undefined ? 1 : workers.length
  const told = new Float64Array(graph.size * width).fill(NaN)
  const isAssumed = new Uint8Array(graph.size)
  const known: number[] = []
  for (let handle = 0; handle < graph.size; handle++) {
    const task = graph.taskAt(handle)
    if (task === undefined) continue
    const row = told.subarray(handle * width, (handle + 1) * width)
    const usualMs = expectedDurationMs(task, Object.hasOwn(facts, task.id) ? facts[task.id] : undefined)
    if (usualMs !== undefined) row.fill(usualMs)
    if (durationMs !== undefined)
      for (const [at, worker] of workers.entries()) row[at] = checkMs(durationMs(task, worker), task) ?? usualMs ?? NaN
    const firstMs = usualMs ?? row.find((ms) => !Number.isNaN(ms))
    if (firstMs === undefined) isAssumed[handle] = 1
    else known.push(firstMs)
  }
  const assumedMs = checkUnknownMs(unknownMs) ?? middleOf(known)
  const leastMs = new Float64Array(graph.size)
  for (let handle = 0; handle < graph.size; handle++) {
    if (graph.taskAt(handle) === undefined) continue
    const row = told.subarray(handle * width, (handle + 1) * width)
    for (let at = 0; at < width; at++) if (Number.isNaN(row[at])) row[at] = assumedMs ?? 1
    leastMs[handle] = row.reduce((least, ms) => Math.min(least, ms), row[0] ?? assumedMs ?? 1)
  }
  return {
    on: (task, worker) => told[width === 1 ? task : task * width + worker] ?? 0,
    leastMs,
    isAssumed,
    isAnyKnown: assumedMs !== undefined,
  }
}

function checkMs(ms: number | undefined, { id }: TaskDefinition): number | undefined {
  if (ms === undefined || (Number.isFinite(ms) && ms >= 0)) return ms
  throw new MusterError('OPTIONS_INVALID', {
    expected: `durationMs to give a number of milliseconds from 0 up for ${JSON.stringify(id)}, or nothing`,
    got: String(ms),
  })
}

function checkUnknownMs(unknownMs: number | undefined): number | undefined {
  if (unknownMs === undefined || (Number.isFinite(unknownMs) && unknownMs >= 0)) return unknownMs
  throw new MusterError('OPTIONS_INVALID', {
    expected: 'unknownMs to be a number of milliseconds from 0 up',
    got: String(unknownMs),
  })
}

/** The median of what is known. */
function middleOf(durationsMs: readonly number[]): number | undefined {
  const sorted = durationsMs.toSorted((a, b) => a - b)
  const half = sorted.length / 2
  const below = sorted[Math.ceil(half) - 1]
  const above = sorted[Math.floor(half)]
  return below === undefined || above === undefined ? undefined : below + (above - below) / 2
}
