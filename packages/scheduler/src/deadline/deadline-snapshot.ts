// What is asked about deadlines: what runs, what waits in which order, and what is due when. Plain data, so that it can be
// asked of a live run, of a journal, or of a plan that was never run.
import { MusterError, type TaskDefinition, type TaskFacts } from '@muster/core'
import type { ToldProbability } from './calibrate-probability.ts'

/** A task with what is known of it. */
export interface DueTask {
  readonly task: TaskDefinition
  readonly facts?: TaskFacts | undefined
  /** Whether the run could do without it. @defaultValue `false` */
  readonly isOptional?: boolean | undefined
  /** Into how many parts it could be split. @defaultValue `1`, it could not */
  readonly parts?: number | undefined
  /** How many times faster the fastest class of workers is that could run it and is free to. @defaultValue `1` */
  readonly fasterBy?: number | undefined
}

/** A run as it stands. */
export interface DeadlineSnapshot {
  /** Run time in milliseconds. */
  readonly nowMs: number
  /** Attempts that run at the same time. */
  readonly slots: number
  readonly running: readonly (DueTask & { readonly startedMs: number })[]
  /** In the order in which they would go. */
  readonly waiting: readonly DueTask[]
  /** Tasks that ended in this run, the latest of them: forecasts are corrected by them. @defaultValue none */
  readonly ended?: readonly (DueTask & { readonly tookMs: number })[] | undefined
  /** Probabilities told before of tasks whose deadline has been decided since: those told now are corrected by them. @defaultValue none */
  readonly told?: readonly ToldProbability[] | undefined
  /** Groups that are due as a whole, by id. @defaultValue none */
  readonly groups?: Readonly<Record<string, number>> | undefined
  /** When all of it is due. @defaultValue never */
  readonly runDeadlineMs?: number | undefined
}

/** A snapshot that can be asked about; throws `OPTIONS_INVALID` for times that are none. */
export function checkSnapshot(snapshot: DeadlineSnapshot): DeadlineSnapshot {
  const { nowMs, slots, running, waiting, groups = {}, runDeadlineMs } = snapshot
  if (!(Number.isFinite(nowMs) && nowMs >= 0)) throw invalid('`nowMs` to be a run time from 0 up', nowMs)
  if (!(Number.isInteger(slots) && slots >= 1)) throw invalid('`slots` to be a whole number from 1 up', slots)
  for (const { task } of [...running, ...waiting]) checkDeadline(`task ${JSON.stringify(task.id)}`, task.deadlineMs)
  for (const { task, startedMs } of running) {
    if (!(startedMs <= nowMs))
      throw invalid(`task ${JSON.stringify(task.id)} to have started by ${nowMs} ms`, startedMs)
  }
  for (const [id, deadlineMs] of Object.entries(groups)) checkDeadline(`group ${JSON.stringify(id)}`, deadlineMs)
  checkDeadline('the run', runDeadlineMs)
  return snapshot
}

/** A deadline may lie in the past, which is an answer of its own; it may not be no time at all. */
export function checkDeadline(whose: string, deadlineMs: number | undefined): void {
  if (deadlineMs === undefined || (!Number.isNaN(deadlineMs) && deadlineMs !== -Infinity)) return
  throw invalid(`the deadline of ${whose} to be a run time in milliseconds`, deadlineMs)
}

function invalid(expected: string, got: number): MusterError {
  return new MusterError('OPTIONS_INVALID', { expected, got: String(got) })
}
