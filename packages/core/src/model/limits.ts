// What one attempt may use before it is ended, beside its time limit. Plain data, since a task definition carries it.

/** What one attempt may use. Held by the local engine; the in-process engine cannot hold it. */
export interface AttemptLimits {
  /**
   * Resident memory of all its processes together, its agent's included, in bytes. What several share counts once.
   * Linux only. @defaultValue no limit
   */
  readonly memoryBytes?: number | undefined
  /** Processor time of all its processes together, in milliseconds. Linux only. @defaultValue no limit */
  readonly cpuMs?: number | undefined
  /** Bytes printed to both streams together. @defaultValue no limit: what is kept of the output is bounded anyway */
  readonly outputBytes?: number | undefined
  /**
   * After this time, in milliseconds, an attempt that still runs is named in a warning, with the place in the code at which
   * its process is busy and the processes that it has started. It goes on. @defaultValue never
   */
  readonly softTimeoutMs?: number | undefined
}
