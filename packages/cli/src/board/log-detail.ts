// How much of a run is told. A board and its terminal want it short; a log is all that is left of a CI job, so failures stand
// there whole.

/** How much was asked for: only failures and the summary, one line a task, or every case. */
export type LogDetail = 'quiet' | 'normal' | 'verbose'

/** How much of a failure is shown. */
export interface Extent {
  /** Failed cases named below a task. */
  readonly cases: number
  /** Columns of the name of a case. */
  readonly titleColumns: number
  /** Lines of each message. */
  readonly messageLines: number
  /** Lines of a message that holds a difference: cut off in the middle it is of no use. */
  readonly differenceLines: number
  /** Lines of what a task printed that failed and has no failed case: the first and the last ones. */
  readonly outputLines: { readonly head: number; readonly tail: number }
}

/** For people in front of a terminal, who can ask for more. */
export const brief: Extent = {
  cases: 10,
  titleColumns: 200,
  messageLines: 8,
  differenceLines: 30,
  outputLines: { head: 0, tail: 10 },
}

/** For logs. What a task printed has no end in some, and stands whole in the report. */
export const whole: Extent = {
  cases: Infinity,
  // A name is no text to read: a longer one stands whole in the reports.
  titleColumns: 300,
  messageLines: Infinity,
  differenceLines: Infinity,
  outputLines: { head: 20, tail: 80 },
}
