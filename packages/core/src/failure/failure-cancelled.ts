// An attempt that somebody ended. Why is the first thing a person asks.
import type { Failure } from '../model/failure.ts'
import { observedFailure } from './observed-failure.ts'

/** The attempt was cancelled; `because` is what the one who cancelled said. */
export function failureCancelled(because: string, evidence: readonly string[] = []): Failure {
  return observedFailure('cancel', {
    message: `Cancelled: ${because}`,
    evidence: ['cancel requested', ...evidence],
    template: 'cancelled',
  })
}
