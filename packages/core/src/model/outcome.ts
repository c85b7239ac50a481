// How an attempt ended. The outcome is the summary that the journal keeps; the details are stored beside it, by hash.
import type { Failure } from './failure.ts'

/** How one attempt, or one test case in it, ended. */
export type Result = 'passed' | 'failed' | 'timed-out' | 'cancelled' | 'skipped'

/** Test cases of an attempt by result. `flaky` cases passed after the runner's own retry; they are not in `passed`. */
export interface CaseCounts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  readonly flaky: number
}

/** What the attempt used, as far as it could be measured. */
export interface ResourceUse {
  /** User and system time in milliseconds. */
  readonly cpuMs?: number | undefined
  /** Largest resident set in bytes. */
  readonly maxRssBytes?: number | undefined
}

/** A file that an attempt left behind. */
export interface Artifact {
  readonly name: string
  /** Path relative to the project's root, or absolute outside it. */
  readonly path: string
  readonly contentType?: string | undefined
  readonly bytes?: number | undefined
  /** SHA-256 of its content in hexadecimal; absent where no copy was kept. */
  readonly sha256?: string | undefined
}

/** A process that an attempt left running. */
export interface LeftProcess {
  readonly pid: number
  /** Program and arguments, cut; empty where they could not be read. */
  readonly command: string
}

/** Processes that an attempt left running, killed after it ended. */
export interface Leaks {
  readonly count: number
  /** The first ten. */
  readonly processes: readonly LeftProcess[]
}

/** What tells a case from the others of its task. */
export interface CaseName {
  readonly file?: string | undefined
  /** Titles from the outermost suite to the case. */
  readonly path: readonly string[]
}

/** A part of a task's cases: what an attempt runs that does not run them all. */
export interface CaseScope {
  readonly cases: readonly CaseName[]
  /** How many cases the task has. */
  readonly of: number
}

/** How an attempt ended, without its details. */
export interface Outcome {
  readonly result: Result
  /** Measured by the worker's own clock. */
  readonly durationMs: number
  readonly failure?: Failure | undefined
  readonly cases?: CaseCounts | undefined
  /**
   * The cases that failed, where nothing but them failed and its executor can run them alone: another attempt need run no
   * others. Stated by executors that honour `cases` of a task.
   */
  readonly failedCases?: readonly CaseName[] | undefined
  readonly use?: ResourceUse | undefined
  readonly artifacts?: readonly Artifact[] | undefined
  /** What it left running, where it left something. */
  readonly leaks?: Leaks | undefined
  /** Why it was skipped, where it was. */
  readonly reason?: string | undefined
  /** What an executor returned, where it returned something; must survive JSON. */
  readonly output?: unknown
  /** Name of the stored details: cases and captured text. */
  readonly details?: string | undefined
}

/** One test case inside an attempt. */
export interface CaseResult {
  /** Titles from the outermost suite to the case; together with `file` its identity. */
  readonly path: readonly string[]
  readonly file?: string | undefined
  readonly line?: number | undefined
  readonly result: Result
  readonly durationMs: number
  readonly failure?: Failure | undefined
  /** Why it was skipped, where the runner says so. */
  readonly reason?: string | undefined
  /** Tries that the runner itself made beyond the first. @defaultValue `0` */
  readonly retries?: number | undefined
}

/** Captured text with its middle left out where it was too long. */
export interface CapturedText {
  readonly head: string
  readonly tail: string
  /** Bytes left out between head and tail. */
  readonly omittedBytes: number
}

/** What the summary leaves out. */
export interface AttemptDetails {
  readonly cases: readonly CaseResult[]
  readonly stdout?: CapturedText | undefined
  readonly stderr?: CapturedText | undefined
}
