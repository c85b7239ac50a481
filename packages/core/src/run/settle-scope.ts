// What an attempt that was to run only some cases of its task comes to. It is green only if each of them passed in it: a case
// that failed before is never made green by being left out, skipped or renamed.
import { observedFailure } from '../failure/observed-failure.ts'
import type { CaseName, CaseResult, Outcome } from '../model/outcome.ts'
import { caseKey } from '../model/case-key.ts'

/** Cases that are named in one failure at most. */
const mostNamed = 3

/** The outcome of an attempt at `scope`: one that calls itself green and did not run all of it has failed. */
export function withScope(
  told: Outcome,
  cases: readonly CaseResult[],
  scope: readonly CaseName[] | undefined,
): Outcome {
  if (scope === undefined) return told
  const ran = new Set(cases.filter(hasRun).map(caseKey))
  const missed = scope.filter((name) => !ran.has(caseKey(name)))
  if (missed.length === 0) return told
  // Whatever else failed, another attempt must not believe that it knows all that is left.
  const { failedCases, ...rest } = told
  if (told.result !== 'passed' && told.result !== 'skipped') return rest
  const { reason, ...unexcused } = rest
  const names = missed.slice(0, mostNamed).map(({ path }) => JSON.stringify(path.join(' > ')))
  const more = missed.length > mostNamed ? ` and ${missed.length - mostNamed} more` : ''
  const failure = observedFailure('case-not-run-again', {
    message: `${missed.length} of ${scope.length} cases that were to run again did not: ${names.join(', ')}${more}`,
    evidence: ['only the failed cases were to run', `${scope.length - missed.length} of ${scope.length} ran`],
  })
  return { ...unexcused, result: 'failed', failure }
}

function hasRun({ result }: CaseResult): boolean {
  return result === 'passed' || result === 'failed' || result === 'timed-out'
}
