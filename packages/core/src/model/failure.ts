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

/** When in the life of a test it went wrong. */
export type FailurePhase = 'discovery' | 'set-up' | 'execution' | 'teardown' | 'reporting'

/**
 * How far it reaches: nobody's failure (`info`), this attempt (`low`), this test (`medium`), everything that needs the same
 * thing (`high`), the worker or the whole run (`critical`).
 */
export type FailureSeverity = 'info' | 'low' | 'medium' | 'high' | 'critical'

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
  /** The kind within its category: `refused`, `memory`, `disk`. Absent where nothing tells. */
  readonly code?: string | undefined
  /** Id of the rule that told the category: `network/refused`. */
  readonly rule?: string | undefined
  /** How sure the rule is, from 0 to 1. */
  readonly confidence?: number | undefined
  /** Absent where nothing tells. */
  readonly phase?: FailurePhase | undefined
  readonly severity?: FailureSeverity | undefined
  /** How long the other side asked to be left alone, in milliseconds, where it said so. */
  readonly retryAfterMs?: number | undefined
  /** What the reader can do about it. */
  readonly suggestion?: string | undefined
}
