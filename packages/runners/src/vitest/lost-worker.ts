// What Vitest says when the process or thread of a file is gone, and what that is to a person: not an error of a test, but a
// crash with a culprit.
import { makeFailure } from '@muster/core/failure'
import type { CaseResult, Failure } from '@muster/core'
import { caseNames } from '../outcome/case-name.ts'
import { plainText } from './plain-text.ts'
import type { VitestError } from './vitest-api.ts'

/** Tells the error by which Vitest says that it lost a worker from errors of the tests. */
export function isLostWorker({ message }: VitestError): boolean {
  return /^\[vitest-pool[^\]]*\]: (Worker \S+ emitted error|Failed to (start|terminate))|Worker exited unexpectedly/.test(
    plainText(message),
  )
}

/** Why a worker was lost: `culprits` ran when it happened. */
export function failureOfCrash(file: string, culprits: readonly CaseResult[], said: readonly VitestError[]): Failure {
  const who =
    culprits.length === 0
      ? 'outside of its tests: while it was loaded, or in a hook'
      : `while it ran ${culprits.length === 1 ? '' : 'one of '}${caseNames(culprits)}`
  return makeFailure({
    category: 'process-crash',
    message: `${file}: its process ended ${who}`,
    evidence: ['worker of Vitest lost', ...said.map(({ message }) => plainText(message))],
  })
}
