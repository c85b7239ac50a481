// How a test case is called in a sentence.
import type { CaseResult } from '@muster/core'

/** The titles of a case in one line. */
export function caseName({ path }: Pick<CaseResult, 'path'>): string {
  return path.length === 0 ? '(unnamed)' : path.join(' > ')
}

/** A few names in one line, and how many more there are. */
export function caseNames(cases: readonly Pick<CaseResult, 'path'>[], most = 5): string {
  const names = cases.slice(0, most).map((one) => `"${caseName(one)}"`)
  const more = cases.length - names.length
  return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
