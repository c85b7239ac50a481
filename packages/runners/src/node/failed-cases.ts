// Which cases of a file of node:test are run again alone. Node is told by full names, and a test that another test declares
// runs with it alone, together with everything else that it declares: there the whole file runs again.
import type { CaseName, Outcome } from '@muster/core'
import { isRed } from '../outcome/judge-cases.ts'
import type { EndedFile } from './judge-file.ts'
import { onlyPattern } from './skip-pattern.ts'

/** Cases that are looked at; with more the whole file is as good. */
const mostCases = 100

/** The outcome of a file that came to its end, with the cases that failed where each can be run alone. */
export function withFailedCases({ file, cases, tree }: EndedFile, outcome: Outcome): Outcome {
  const red = cases.filter(isRed)
  if (outcome.result !== 'failed' || red.length === 0 || red.length > mostCases) return outcome
  const failedCases = red.map(({ path }): CaseName => ({ file, path }))
  const areAlone = red.every(({ path, result }) => result !== 'cancelled' && tree.isAlone(path))
  return areAlone && onlyPattern(failedCases) !== undefined ? { ...outcome, failedCases } : outcome
}
