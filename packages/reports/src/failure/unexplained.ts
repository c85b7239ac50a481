// A failure of which nothing is known but that it was one. It is written all the same: a red case without a failure would look
// like a mistake of the report.
import type { Failure } from '@muster/core'
import { makeFailure } from '@muster/core/failure'

/** The failure of a case or attempt that failed and gave none. */
export function unexplained(): Failure {
  return makeFailure({
    category: 'unknown',
    message: 'It failed without saying why',
    evidence: ['no failure was recorded'],
  })
}
