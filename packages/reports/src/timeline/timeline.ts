// The words of a timeline: a run's report turned by a quarter, from tasks to time. Plain data, so that a page, a trace and a
// sentence are all made from the same.
import type { LossCause } from '@muster/core'

/** How an attempt was over, as a timeline shows it. */
export type AttemptState = 'passed' | 'failed' | 'timed-out' | 'cancelled' | 'skipped' | 'lost' | 'open'

/** What an attempt that was ready waited for, as far as the report shows it. */
export type QueueReason =
  /** Every slot was taken. */
  | { readonly kind: 'slot' }
  /** A slot was free, but not what the task holds: `lock db`, `group e2e`, `memory`. `by` is who gave it back, by position in the report. */
  | { readonly kind: 'held'; readonly name: string; readonly by: number }
  /** A slot was free: what kept it from being used was not recorded. */
  | { readonly kind: 'unknown' }

/** One attempt in time. Times are run time in milliseconds. */
export interface TimelineAttempt {
  /** Position of its task in the report. */
  readonly task: number
  readonly n: number
  /** Position of its worker in the timeline. */
  readonly worker: number
  /** Row within the worker, from 0: attempts of one lane never overlap. */
  readonly lane: number
  /** When nothing but a free worker was missing any more. */
  readonly readyAtMs: number
  /**
   * When the attempt before it was over: it backed off from then until `readyAtMs`. Absent for first attempts, and where the
   * report does not say how long the wait for a retry was; `readyAtMs` is then the end of the attempt before.
   */
  readonly retryFromMs?: number | undefined
  /** When it was handed to a slot of its worker. */
  readonly launchedAtMs: number
  /** When its executor began; the launch, where the report does not say. */
  readonly startedAtMs: number
  /** When it was over; the end of the run for one that never was. */
  readonly closedAtMs: number
  readonly state: AttemptState
  readonly cause?: LossCause | undefined
  /** Task that it waited for last, by position in the report: the one that made it ready. */
  readonly after?: number | undefined
  /** What it waited for from `readyAtMs` to its launch; absent where it hardly waited. */
  readonly queuedFor?: QueueReason | undefined
}

/** A worker in time. */
export interface TimelineWorker {
  readonly id: string
  readonly host?: string | undefined
  /** Attempts that it could run at once; the most that it ran at once, where the report does not say. */
  readonly slots: number
  /** Rows that its attempts fill. */
  readonly lanes: number
}

/** A whole run in time. */
export interface Timeline {
  /** End of the run. */
  readonly endMs: number
  readonly workers: readonly TimelineWorker[]
  /** In the order of their launches. */
  readonly attempts: readonly TimelineAttempt[]
}
