// One line of a report in any format: a test case, or a task that reported none. All writers read these rows, so that every
// format tells the same story.
import type { CaseResult, Failure, VerdictKind } from '@muster/core'

/** A test case with what its attempts came to, or a task where no case can stand for it. */
export interface ReportCase {
  /** Id of the task. */
  readonly task: string
  /** Verdict of the task; absent while it is open. */
  readonly verdict?: VerdictKind | undefined
  /**
   * The case as it came out in the end. `retries` counts every try before the last that failed, the runner's and ours; a case
   * that passed with `retries` above 0 is flaky, and holds the failure of its first failed try.
   */
  readonly case: CaseResult
  /** Failures of the tries before the last one, earliest first, as far as they are known. */
  readonly earlierFailures: readonly Failure[]
  /** Whether this row stands for the task itself. */
  readonly isTask: boolean
  /** Worker of the attempt that the row comes from. */
  readonly worker?: string | undefined
  /** Run time in milliseconds at which that attempt started. */
  readonly startedAtMs?: number | undefined
  readonly tags?: readonly string[] | undefined
}

/** Whether a case counts against the run. */
export function isBad({ result }: CaseResult): boolean {
  return result === 'failed' || result === 'timed-out'
}

/** Whether a case passed, but only after a try that failed. */
export function isFlaky({ result, retries }: CaseResult): boolean {
  return result === 'passed' && (retries ?? 0) > 0
}
