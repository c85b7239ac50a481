// A run that was interrupted is folded in as far as it got, and once more when it was resumed and ended. This record says
// which of its tasks are counted, so that none counts twice, whatever other runs came in between.
import { z } from 'zod'

/** The tasks of an interrupted run that are counted already, version 1. */
export interface CountedTasks {
  readonly version: 1
  readonly run: string
  /** Keys of the tasks' summaries. Empty once the run has ended: it is never folded again then. */
  readonly tasks: readonly string[]
}

/** The schema of {@link CountedTasks} as it is stored. */
export const countedTasks: z.ZodType<CountedTasks> = z.strictObject({
  version: z.literal(1),
  run: z.string(),
  tasks: z.array(z.string()),
})
