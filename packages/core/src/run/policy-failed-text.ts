// How a policy failed, in a sentence: the same in notes and in reports.
import type { PolicyFailed } from './entry.ts'

/** What broke, and what the run does without it. */
export function policyFailedText({ policy, because, isDropped }: PolicyFailed): string {
  const goesOn = isDropped
    ? `${policy} is asked nothing more: the rest of the run is first in, first out`
    : 'that was decided first in, first out'
  return `the run goes on without an answer of its policy: ${because}; ${goesOn}`
}
