// What is known of the cases of a task by their counts alone, where an attempt ran only those that had failed: it says nothing
// of the others, and must not be taken for all there is.
import { isChargedFor } from './is-charged-for.ts'
import type { CaseCounts } from './outcome.ts'
import type { AttemptReport } from './report.ts'

/**
 * The counts of a task after an attempt at those of its cases that had failed.
 *
 * @example
 * ```ts
 * const before = { passed: 18, failed: 2, skipped: 0, flaky: 0 }
 * mergedCounts(before, { passed: 2, failed: 0, skipped: 0, flaky: 0 })
 * // => { passed: 18, failed: 0, skipped: 0, flaky: 2 }
 * ```
 */
export function mergedCounts(before: CaseCounts, ofPart: CaseCounts): CaseCounts {
  const healed = Math.max(0, before.failed - ofPart.failed)
  return { ...before, failed: before.failed - healed, flaky: before.flaky + healed }
}

/**
 * The counts of a task over its attempts, as far as their outcomes tell; nothing where none counted cases.
 *
 * @example
 * ```ts
 * toldCounts([]) // => undefined
 * ```
 */
export function toldCounts(attempts: readonly Pick<AttemptReport, 'ending' | 'scope'>[]): CaseCounts | undefined {
  let told: CaseCounts | undefined
  let isItsOwn = true
  for (const { ending, scope } of attempts) {
    const own = ending.kind === 'ended' ? ending.outcome.cases : undefined
    if (own === undefined) continue
    const merged = scope === undefined || told === undefined ? own : mergedCounts(told, own)
    // What was healed after a device broke down was never flaky.
    told = scope === undefined || told === undefined || isItsOwn ? merged : { ...merged, ...asPassed(told, merged) }
    isItsOwn = isChargedFor(ending.kind === 'ended' ? ending.outcome.failure?.category : undefined)
  }
  return told
}

function asPassed(before: CaseCounts, merged: CaseCounts): Pick<CaseCounts, 'passed' | 'flaky'> {
  const healed = merged.flaky - before.flaky
  return { passed: merged.passed + healed, flaky: before.flaky }
}
