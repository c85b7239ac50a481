// What is kept of a task over all its runs: a summary of bounded size, so that a thousandth run costs no more than the
// first. It is stored as text under a key of its own. Any change of its shape is a new version: an older Muster leaves a
// newer record alone, a newer one reads every older version (`read-record.ts`).
import type { FailureCategory } from '@muster/core'
import { failureCategorySchema, type VerdictCounts, verdictCountsSchema } from '@muster/core/schemas'
import { z } from 'zod'

/** Duration samples kept of a task, the latest ones. */
export const samplesKept = 32

/** Characters kept of a failure's message. */
export const messageKept = 300

/**
 * When a passing attempt took how long: wall time at the start of its run, milliseconds since 1970, and its duration in
 * milliseconds. A pair, since half of a stored summary would be the names otherwise.
 */
export type DurationSample = readonly [atWallMs: number, durationMs: number]

/** A run, as the history names it. */
export interface SeenRun {
  readonly run: string
  /** Wall time at its start, milliseconds since 1970. */
  readonly atWallMs: number
}

/** The latest failure of a task, in short. */
export interface FailureMark extends SeenRun {
  readonly category: FailureCategory
  readonly fingerprint: string
  /** At most {@link messageKept} characters. */
  readonly message: string
}

/** A task over all its runs, version 1. */
export interface TaskSummary {
  readonly version: 1
  readonly kind: string
  readonly id: string
  /** Runs by what the task came to; a kind that never occurred is absent. */
  readonly verdicts: VerdictCounts
  /**
   * The latest passing attempts, oldest first, at most {@link samplesKept}. An attempt that failed early says nothing of
   * how long the task takes, and one that ran into its time limit only that it takes longer: neither is a sample.
   */
  readonly durations: readonly DurationSample[]
  readonly lastFailure?: FailureMark | undefined
  readonly lastSeen: SeenRun
}

const wallTime = z.number()
const seenRun = { run: z.string(), atWallMs: wallTime }

/** The schema of {@link TaskSummary} as it is stored. */
export const taskSummary: z.ZodType<TaskSummary> = z.strictObject({
  version: z.literal(1),
  kind: z.string(),
  id: z.string(),
  verdicts: verdictCountsSchema,
  durations: z.array(z.tuple([wallTime, z.number().min(0)])).max(samplesKept),
  lastFailure: z
    .strictObject({
      ...seenRun,
      category: failureCategorySchema,
      fingerprint: z.string(),
      message: z.string(),
    })
    .optional(),
  lastSeen: z.strictObject(seenRun),
})
