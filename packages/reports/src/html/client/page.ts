// What every part of the page works with.
import type { ReportData } from '../report-data.ts'
import type { Attempts } from './attempts.ts'
import type { Cases } from './cases.ts'

/** The report, and the ways from one part of the page to another. */
export interface Page {
  readonly data: ReportData
  readonly cases: Cases
  readonly attempts: Attempts
  /** Shows all there is about a case. */
  readonly openCase: (at: number) => void
  /** Shows all there is about a task. */
  readonly openTask: (task: string) => void
  /** Shows an attempt in the timeline. */
  readonly showAttempt: (at: number) => void
  /** Says something to those who do not see the page. */
  readonly announce: (text: string) => void
}
