// An attempt that was told to end, because its time was over or somebody cancelled it. What ran at that moment is what a
// person wants to know, and a process that we killed ourselves must not be called a crash.
import { observedFailure } from '@muster/core/failure'
import type { CaseResult, Failure } from '@muster/core'
import { caseNames } from './case-name.ts'

/** Why an attempt was told to end. */
export type Stop = 'timed-out' | 'cancelled'

/** Why the attempt behind `signal` was told to end, or nothing while it was not. */
export function stopOf({ aborted, reason }: Pick<AbortSignal, 'aborted' | 'reason'>): Stop | undefined {
  if (!aborted) return undefined
  const given: unknown = reason
  const isTime = typeof given === 'object' && given !== null && 'name' in given && given.name === 'TimeoutError'
  return isTime ? 'timed-out' : 'cancelled'
}

/** What was stopped, and what it ran then. */
export function failureOfStop(stop: Stop, file: string, running: readonly CaseResult[]): Failure {
  const what = stop === 'timed-out' ? 'out of time' : 'cancelled'
  const during = running.length === 0 ? '' : ` while it ran ${caseNames(running)}`
  return observedFailure(stop === 'timed-out' ? 'time-limit' : 'cancel', {
    message: `${file}: ${what}${during}`,
    evidence: [what, ...running.map((one) => `ran ${caseNames([one])}`)],
  })
}
