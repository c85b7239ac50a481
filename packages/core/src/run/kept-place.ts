// A place that a running attempt leaves to another task, as the state holds it.
import type { Amount } from './task-classes.ts'

/** What is kept for a task. */
export interface KeptPlace {
  readonly task: number
  readonly worker: number
  /** What it needs beyond what the attempt gives back. */
  readonly extra: readonly Amount[]
}
