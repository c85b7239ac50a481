// What Vitest says when the process or thread of a file is gone, and what that is to a person: not an error of a test, but a
// crash with a culprit.
import { makeFailure } from '@muster/core/failure'
import type { CaseResult, Failure } from '@muster/core'
import { caseNames } from '../outcome/case-name.ts'
import { plainText } from './plain-text.ts'
import type { Strike } from './trace.ts'
import type { VitestError } from './vitest-api.ts'

/** Tells the error by which Vitest says that it lost a worker from errors of the tests. */
export function isLostWorker({ message }: VitestError): boolean {
  return /^\[vitest-pool[^\]]*\]: (Worker \S+ emitted error|Failed to (start|terminate))|Worker exited unexpectedly/.test(
    plainText(message),
  )
}

/** Why a worker was lost: `culprits` ran when it happened. */
export function failureOfCrash(
  file: string,
  culprits: readonly CaseResult[],
  said: readonly VitestError[],
  struck?: Strike,
): Failure {
  const who =
    culprits.length === 0
      ? 'outside of its tests: while it was loaded, or in a hook'
      : `while it ran ${culprits.length === 1 ? '' : 'one of '}${caseNames(culprits)}`
  const ended = said.map(endingOf).find((found) => found !== undefined)
  const how = struck === undefined ? ended : `a call of ${struck.how}`
  return makeFailure({
    category: 'process-crash',
    message: `${file}: its process ended ${how === undefined ? '' : `with ${how} `}${who}`,
    evidence: [
      'worker of Vitest lost',
      ...(how === undefined ? [] : [how]),
      ...said.map(({ message }) => plainText(message)),
    ],
  })
}

/** The exit code or signal, where this version of Vitest says it: in its error, or in the cause of that. */
function endingOf({ message, cause }: VitestError): string | undefined {
  const beneath =
    typeof cause === 'object' && cause !== null && 'message' in cause && typeof cause.message === 'string'
      ? cause.message
      : ''
  return /exited unexpectedly with ((?:exit code \d+)|(?:signal SIG\w+))/.exec(plainText(`${message}\n${beneath}`))?.[1]
}
