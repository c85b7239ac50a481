// Most attempts of a run pass and say nothing more. They are kept and written in a few numbers, so whoever adds a field to
// an outcome must name it here; a test holds that none is forgotten.
import type { Outcome } from '../model/outcome.ts'

/** Whether the attempt passed and said nothing more than how long it took. */
export function isPlainPass(outcome: Outcome): boolean {
  // Spelled out field by field: this is asked for every attempt of a run.
  return (
    outcome.result === 'passed' &&
    outcome.cases === undefined &&
    outcome.failedCases === undefined &&
    outcome.output === undefined &&
    outcome.details === undefined &&
    outcome.use === undefined &&
    outcome.artifacts === undefined &&
    outcome.leaks === undefined &&
    outcome.failure === undefined &&
    outcome.reason === undefined
  )
}
