// The identity of one try of one task on one worker.

/**
 * The triple that names an attempt. `task` is the task's handle in the run (its position among the tasks as added),
 * which every message carries instead of the id, since ids may be long.
 */
export interface AttemptRef {
  readonly run: string
  readonly task: number
  /** Counts up from 1 and is never used twice. */
  readonly n: number
}

/** The text form, for people and process markers. It is never parsed. */
export function attemptLabel(attempt: AttemptRef): string {
  return `${attempt.run}/${attempt.task}#${attempt.n}`
}
