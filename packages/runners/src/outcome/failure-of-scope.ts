// An attempt that was to run a few cases again, and found none of them: their names differ from run to run, or the file has
// changed meanwhile. It must not be called a file without tests.
import { observedFailure } from '@muster/core/failure'
import type { CaseName, Failure } from '@muster/core'
import { caseNames } from './case-name.ts'

/** None of `scope` is in the file any more. */
export function failureOfScope(file: string, scope: readonly CaseName[]): Failure {
  return observedFailure('case-not-run-again', {
    message: `${file}: no longer holds ${caseNames(scope)}, which failed before and was to run again`,
    evidence: ['only the failed cases were to run', 'none of them was found'],
    template: 'cases not found again',
  })
}
