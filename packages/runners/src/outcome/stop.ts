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

/**
 * What was stopped, and what it ran then. `limitMs` is the limit of the runner itself, where it was that; the limit of the whole
 * attempt is known to its host, which adds it.
 */
export function failureOfStop(stop: Stop, file: string, running: readonly CaseResult[], limitMs?: number): Failure {
  const what = stop === 'timed-out' ? 'out of time' : 'cancelled'
  const [only] = running
  const ranMs = running.length === 1 && only !== undefined && only.durationMs > 0 ? only.durationMs : undefined
  const lasted = ranMs === undefined ? '' : `, which had begun ${Math.round(ranMs)} ms before`
  const during = running.length === 0 ? '' : ` while it ran ${caseNames(running)}${lasted}`
  const limit = limitMs === undefined ? '' : `; the runner gives it ${limitMs} ms, and it blocked its process`
  return observedFailure(stop === 'timed-out' ? 'time-limit' : 'cancel', {
    message: `${file}: ${what}${during}${limit}`,
    evidence: [what, ...running.map((one) => `ran ${caseNames([one])}`)],
    template: `${file}: ${what}${running.length === 0 ? '' : ` while it ran ${caseNames(running)}`}`,
  })
}
