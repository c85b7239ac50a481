// Failures that have one cause, told as one. The analysis works them out; reports and boards show them, so the word lives here.
import type { FailureCategory } from './failure.ts'

/** Whether the history has seen a cause: never, in recent runs, or again after it had been gone for several runs. */
export type GroupStanding = 'new' | 'recurring' | 'regressed'

/** One failure of a group, as it was told. */
export interface GroupExample {
  readonly task: string
  /** Titles of the case from the outermost suite on, where it was a case. */
  readonly path?: readonly string[] | undefined
  readonly worker?: string | undefined
  readonly message: string
}

/** Failures that have one cause. */
export interface FailureGroup {
  /** The same cause has the same id, across runs and machines. */
  readonly id: string
  /**
   * What holds them together: one `cause`; one `worker` on which nearly everything failed; or `rest`, what did not fit the
   * memory that grouping may use.
   */
  readonly kind: 'cause' | 'worker' | 'rest'
  /** The cause in one line; what varies is shown in angle brackets. */
  readonly title: string
  readonly category: FailureCategory
  readonly code?: string | undefined
  readonly errorName?: string | undefined
  /** Where the own code failed, `file:function`, or the test whose failure it is; absent where it is no matter of place. */
  readonly place?: string | undefined
  /** All failures of the group, with those that only followed from it. */
  readonly failures: number
  /** Failures that only followed from the first, on the same worker. */
  readonly collateral: number
  /** Distinct tests, a test being a case or a task without cases. */
  readonly tests: number
  /**
   * Its tests by name, `task › suite › title`, at most a thousand, so that a report can list them under their cause; absent
   * in reports of earlier versions.
   */
  readonly testNames?: readonly string[] | undefined
  /** Ids of tasks by name, at most five. */
  readonly tasks: readonly string[]
  /** Ids of workers by name, at most five. */
  readonly workers: readonly string[]
  /** The worker to look at, where all of it sits on one that is to blame. */
  readonly blames?: string | undefined
  /** Run time of the first and the last failure in milliseconds, where it is known. */
  readonly firstAtMs?: number | undefined
  readonly lastAtMs?: number | undefined
  readonly example: GroupExample
  /** Up to three different messages, as they were told. */
  readonly messages: readonly string[]
  /** Absent where no history was asked. */
  readonly standing?: GroupStanding | undefined
  /** What the reader can do about it. */
  readonly suggestion?: string | undefined
}

/** The failures of a run by cause. */
export interface FailureGroups {
  readonly version: 1
  /** Failed cases and failed attempts without cases, those of flaky tests included. */
  readonly failures: number
  /** Distinct tests that failed at least once. */
  readonly tests: number
  /** Most failures first. */
  readonly groups: readonly FailureGroup[]
  /** All of it in a sentence: `412 failures, 3 causes: 2 new, 1 recurring.` */
  readonly sentence: string
}
