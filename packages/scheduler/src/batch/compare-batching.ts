// What batching is worth, before anything is run: every way of forming batches is scheduled by the kernel on a clock that jumps,
// beside each test by itself. Where starting costs nothing, by itself wins, and this says so.
import type { TaskDefinition, WorkerDefinition } from '@muster/core'
import { simulateSchedule } from '../simulate/simulate-schedule.ts'
import { longestFirst } from '../strategies/longest-first.ts'
import {
  type Batch,
  batchOf,
  type BatchOptions,
  type BatchStrategy,
  type BatchTest,
  formBatches,
} from './form-batches.ts'

/** One way of forming batches. */
export interface ComparedBatching {
  readonly by: BatchStrategy | 'alone'
  readonly batches: number
  readonly makespanMs: number
  /** Share of the workers' time that went into tests themselves, 0 to 1. */
  readonly utilisation: number
  /** Share of the workers' busy time that is start and set-up, 0 to 1. */
  readonly overhead: number
  /** How many times as long the run takes with each test by itself: above 1 it is worth it. */
  readonly gain: number
}

/** What is compared. */
export interface BatchingQuestion extends Omit<BatchOptions, 'by'> {
  /** How long a test really takes, in milliseconds, for the schedule alone. @defaultValue as expected */
  readonly durationMs?: ((test: BatchTest) => number) | undefined
}

/** Every way of forming batches, the shortest run first; `'fewest'` only with `mostMs`. */
export function compareBatching(tests: readonly BatchTest[], question: BatchingQuestion): readonly ComparedBatching[] {
  const ways: readonly BatchStrategy[] =
    question.mostMs === undefined ? ['setup', 'affinity', 'duration'] : ['setup', 'affinity', 'duration', 'fewest']
  const alone = scheduled(
    tests.map((test) => batchOf([test], question)),
    question,
  )
  const rows = [
    { by: 'alone' as const, ...alone },
    ...ways.map((by) => ({ by, ...scheduled(formBatches(tests, { ...question, by }), question) })),
  ]
  return rows
    .map((row) => ({ ...row, gain: row.makespanMs === 0 ? 1 : alone.makespanMs / row.makespanMs }))
    .sort((a, b) => a.makespanMs - b.makespanMs || a.batches - b.batches)
}

function scheduled(
  batches: readonly Batch[],
  { workers: slots, durationMs = ({ expectedMs }) => expectedMs }: BatchingQuestion,
): Omit<ComparedBatching, 'by' | 'gain'> {
  const tasks = batches.map(({ expectedMs }, at): TaskDefinition => ({ id: `batch ${at}`, kind: 'batch', expectedMs }))
  const workOf = ({ tests }: Batch): number => tests.reduce((sum, test) => sum + durationMs(test), 0)
  const took = new Map(batches.map((batch, at) => [`batch ${at}`, batch.overheadMs + workOf(batch)]))
  const workers: readonly WorkerDefinition[] = [{ id: 'here', engine: 'none', kinds: ['batch'], capacity: { slots } }]
  const workload = { tasks, workers, durationMs: ({ id }: TaskDefinition) => took.get(id) ?? 0 }
  const { makespanMs } = simulateSchedule({ workload, policy: longestFirst() })
  const workMs = batches.reduce((sum, batch) => sum + workOf(batch), 0)
  const overheadMs = batches.reduce((sum, batch) => sum + batch.overheadMs, 0)
  return {
    batches: batches.length,
    makespanMs,
    utilisation: makespanMs === 0 ? 0 : workMs / (slots * makespanMs),
    overhead: workMs + overheadMs === 0 ? 0 : overheadMs / (workMs + overheadMs),
  }
}
