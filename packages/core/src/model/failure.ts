// What went wrong in an attempt, as data that survives the way from the worker to the report.

/** The most specific cause that the evidence supports. */
export type FailureCategory =
  | 'assertion'
  | 'exception'
  | 'timeout'
  | 'network'
  | 'resource'
  | 'hardware-device'
  | 'environment'
  | 'build-dependency'
  | 'permission-auth'
  | 'configuration'
  | 'process-crash'
  | 'infrastructure'
  | 'data-parse'
  | 'cancelled'
  | 'unknown'

/** Who has to act on it. `us` is Muster itself. */
export type Fault = 'test' | 'product' | 'environment' | 'infrastructure' | 'us' | 'unknown'

/** What went wrong, whose fault it is, and what that rests on. */
export interface Failure {
  readonly category: FailureCategory
  readonly fault: Fault
  /** Whether the same attempt could well pass if it were repeated. */
  readonly transient: boolean
  /** First words for a person: what happened. */
  readonly message: string
  /** Name of the error class, where there was one. */
  readonly errorName?: string | undefined
  readonly stack?: string | undefined
  /** The same cause has the same fingerprint, across runs and tests. */
  readonly fingerprint: string
  /** The signals that the category rests on, most telling first: `exit code 137`, `signal SIGKILL`. */
  readonly evidence: readonly string[]
}
