// How many retries a run may make in all. One retry for each task that failed is a storm when everything fails at once: the
// budget grows with the run, not with what fails in it.
import type { RetryBudget } from './retry-policy.ts'

/**
 * Retries that a run of so many tasks may make; `Infinity` where there is no budget.
 *
 * @example
 * ```ts
 * retriesAllowed({ share: 0.1, floor: 20 }, 1000) // => 100
 * ```
 */
export function retriesAllowed(budget: RetryBudget | null | undefined, tasks: number): number {
  if (budget === null || budget === undefined) return Infinity
  // A hair, since a tenth of thirty is not quite three.
  return Math.max(budget.floor, Math.floor(budget.share * tasks + 1e-9))
}

/** Of them, those that may be made only to see whether a test is flaky; `Infinity` where these have no share of their own. */
export function flakinessRetriesAllowed(budget: RetryBudget | null | undefined, tasks: number): number {
  const share = budget?.flakinessShare
  return share === undefined ? Infinity : Math.floor(share * retriesAllowed(budget, tasks) + 1e-9)
}
