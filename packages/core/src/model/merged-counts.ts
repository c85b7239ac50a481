// What is known of the cases of a task by their counts alone, where an attempt ran only those that had failed: it says nothing
// of the others, and must not be taken for all there is.
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
  for (const { ending, scope } of attempts) {
    const own = ending.kind === 'ended' ? ending.outcome.cases : undefined
    if (own !== undefined) told = scope === undefined || told === undefined ? own : mergedCounts(told, own)
  }
  return told
}
