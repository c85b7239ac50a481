// Whether an attempt failed by cases that can be run alone. Its executor says so; here it is looked at whether what was
// reported agrees, since a case that gets lost on the way to the next attempt would never be seen to fail again.
import { caseKey } from '../model/case-key.ts'
import { hasFailed } from '../model/merged-cases.ts'
import type { CaseResult, Outcome } from '../model/outcome.ts'

/** More cases than this are run again with all others: the journal and the command line of a runner have room for a few. */
const mostCases = 100

/** Longest names, all of them together, in characters. */
const longestNames = 16_000

/** The outcome as it counts: `failedCases` stays only where it names, each for itself, all that is red, and not all there is. */
export function withFailedCases(told: Outcome, cases: readonly CaseResult[]): Outcome {
  if (told.failedCases === undefined) return told
  const { failedCases, ...whole } = told
  const named = new Set(failedCases.map(caseKey))
  const matching = cases.filter((one) => named.has(caseKey(one)))
  const red = cases.filter(({ result }) => result !== 'passed' && result !== 'skipped')
  const isComplete = red.every((one) => hasFailed(one) && named.has(caseKey(one)))
  const isEachOne = named.size === failedCases.length && matching.length === named.size && matching.every(hasFailed)
  const isSmall = named.size > 0 && named.size <= mostCases && [...named].join('').length <= longestNames
  return told.result === 'failed' && isComplete && isEachOne && isSmall ? told : whole
}
