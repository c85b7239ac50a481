// What a runner saw when its process was ended from outside is a crash, in the test that happened to run. Who ended it knows the
// cause, and a person who reads the case alone must be told that one.
import type { Failure } from '../model/failure.ts'
import type { CaseResult } from '../model/outcome.ts'

/**
 * The cases of an attempt that was ended because of `ended`: those that died with its process carry that cause instead of the
 * crash. `seen` is what the executor made of it.
 */
export function blameEnd(
  cases: readonly CaseResult[],
  ended: Failure,
  seen: Failure | undefined,
): readonly CaseResult[] {
  return cases.map((one): CaseResult => {
    const { failure, reason } = one
    if (failure !== undefined && hasDied(failure, seen)) return { ...one, failure: whileRan(ended, one) }
    if (seen === undefined || reason?.includes(seen.message) !== true) return one
    return { ...one, reason: reason.replace(seen.message, () => ended.message) }
  })
}

/** A test that crashed by itself, before, has another end than the one that the limit made. */
function hasDied({ category, fingerprint, evidence }: Failure, seen: Failure | undefined): boolean {
  return category === 'process-crash' && (fingerprint === seen?.fingerprint || evidence.includes('signal SIGKILL'))
}

function whileRan(ended: Failure, { path }: CaseResult): Failure {
  return { ...ended, message: `${ended.message}, while it ran "${path.join(' > ')}"` }
}
