// What an attempt that was to run only some cases of its task says of the others: nothing. A runner that leaves a case aside may
// call it skipped, and must not turn a case that passed before into one that nobody ran.
import { caseKey } from './case-key.ts'
import type { CaseName, CaseResult } from './outcome.ts'

/** The cases that count. Those that were left aside are not skipped: what they came to before still holds. */
export function withinScope(cases: readonly CaseResult[], scope: readonly CaseName[]): readonly CaseResult[] {
  const asked = new Set(scope.map(caseKey))
  return cases.filter((one) => one.result !== 'skipped' || asked.has(caseKey(one)))
}
