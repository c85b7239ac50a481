// What is said of a group of failures in one line, so that the page, the summary of a CI job and the terminal say the same of it.
import type { FailureGroup } from '@muster/core'

/** A group in one line: what it is, and what beside that a person must know at once. */
export interface GroupText {
  /** The cause; what varies is shown in angle brackets. */
  readonly title: string
  /** Whether it is new, and which worker is to blame; empty where neither is known. */
  readonly marks: readonly string[]
}

/**
 * What every document says of a group of failures in one line.
 *
 * @example
 * ```ts
 * for (const group of report.failureGroups?.groups ?? []) {
 *   const { title, marks } = groupText(group)
 *   console.log(group.failures, title, marks.join('; ')) // 12 connect ECONNREFUSED <host>:5432 new
 * }
 * ```
 */
export function groupText({ title, standing, blames, kind }: FailureGroup): GroupText {
  return {
    title,
    marks: [
      ...(standing === undefined ? [] : [standing]),
      ...(blames === undefined || kind === 'worker' ? [] : [`look at worker ${blames}`]),
    ],
  }
}
