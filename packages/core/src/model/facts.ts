// What is known about a task from the past. The word in which analysis and scheduling meet without knowing each other.

/** An expected duration with its spread, from `samples` observations. */
export interface DurationFact {
  readonly medianMs: number
  /** Tenth and ninetieth percentile. */
  readonly p10Ms: number
  readonly p90Ms: number
  readonly samples: number
  /** Wall time of the newest observation, milliseconds since 1970. @defaultValue not known, taken for fresh */
  readonly measuredAtWallMs?: number | undefined
}

/** What the past says of one task. What is not known is absent: absence is never zero. */
export interface TaskFacts {
  readonly duration?: DurationFact | undefined
  /** Share of past runs in which it failed for good, 0 to 1. */
  readonly failureRate?: number | undefined
  /** Share of past runs in which it passed only after a failure, 0 to 1. */
  readonly flakyRate?: number | undefined
}
