// An attempt that was still running when its time was over. It may have been slow, stuck or starved: the limit alone cannot tell.
import type { Failure } from '../model/failure.ts'
import { observedFailure } from './observed-failure.ts'
import { msText } from './text/measure-text.ts'

/**
 * The attempt passed its time limit. `evidence` adds what was seen on the way: that it had to be killed, say. `ran` says what
 * ran when its time was over, where somebody knows.
 */
export function failureTimeout(limitMs: number, evidence: readonly string[] = [], ran?: string): Failure {
  return observedFailure('time-limit', {
    message:
      ran === undefined
        ? `Still running after its time limit of ${msText(limitMs)}`
        : `${ran}, after the time limit of ${msText(limitMs)}`,
    evidence: [`time limit of ${limitMs} ms`, ...evidence],
    template: 'time limit of the attempt',
  })
}
