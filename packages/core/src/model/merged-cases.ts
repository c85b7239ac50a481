// The cases of one task over all its attempts. The last try of a case counts, and what an attempt did not run again stays as it
// was; so a case counts once however often its task was tried. The counts of a run and every document rest on this.
import { caseKey } from './case-key.ts'
import type { CaseResult } from './outcome.ts'
import type { TaskReport } from './report.ts'
import { withinScope } from './within-scope.ts'

/** A case with everything that was told of it. */
export interface MergedCase {
  /** As its last try came out. */
  readonly case: CaseResult
  /** Number of the attempt that made that try. */
  readonly n: number
  /** Its tries in attempts before that, earliest first. */
  readonly before: readonly CaseResult[]
  /** It failed, and an attempt that passed did not hold it any more: it is neither red nor green. */
  readonly isGone: boolean
}

/**
 * The cases of a task whose attempts hold their details, in the order in which they were first seen. Cases of one name are told
 * apart by their order.
 *
 * @example
 * ```ts
 * const twice = mergedCases({ attempts: report.tasks[0]?.attempts ?? [] }).filter(({ before }) => before.length > 0)
 * ```
 */
export function mergedCases({ attempts, verdict }: Pick<TaskReport, 'attempts' | 'verdict'>): readonly MergedCase[] {
  const merged = new Map<string, Omit<MergedCase, 'isGone'>>()
  let last = 0
  for (const { n, details, scope } of attempts) {
    if (details === undefined) continue
    last = n
    const seen = new Map<string, number>()
    for (const one of scope === undefined ? details.cases : withinScope(details.cases, scope.cases)) {
      const name = caseKey(one)
      const occurrence = seen.get(name) ?? 0
      seen.set(name, occurrence + 1)
      const key = occurrence === 0 ? name : `${name} ${occurrence}`
      const known = merged.get(key)
      merged.set(key, { case: one, n, before: known === undefined ? [] : [...known.before, known.case] })
    }
  }
  const isGreen = verdict?.kind === 'passed' || verdict?.kind === 'flaky'
  return Array.from(merged.values(), (one) => ({ ...one, isGone: isGreen && one.n < last && hasFailed(one.case) }))
}

/** Whether a case speaks against its task. */
export function hasFailed({ result }: CaseResult): boolean {
  return result === 'failed' || result === 'timed-out'
}
