// Which cases the next attempt of a task runs. Only what its executor says of an outcome makes it a part: whoever says nothing is
// run whole. The journal holds the names, so whoever resumes a run asks for the same ones.
import type { CaseScope, Outcome } from '../model/outcome.ts'
import type { RetryScope } from '../retry/retry-options.ts'

/** What it rests on. */
export interface ScopeQuestion {
  /** What the rule for the failure asks for. */
  readonly asked: RetryScope
  /** How the last attempt ended; nothing where it was lost. */
  readonly outcome: Outcome | undefined
  /** What the last attempt was to run, where it was not everything. */
  readonly before: CaseScope | undefined
}

/**
 * The cases that the next attempt runs, or nothing where it runs them all.
 *
 * @example
 * ```ts
 * nextScope({ asked: 'task', outcome: { result: 'failed', durationMs: 3 }, before: undefined }) // => undefined
 * ```
 */
export function nextScope({ asked, outcome, before }: ScopeQuestion): CaseScope | undefined {
  // What was lost is to be done again as it was.
  if (outcome === undefined) return before
  const { failedCases = [], cases } = outcome
  if (asked === 'task' || failedCases.length === 0) return undefined
  // Alone they did not do better: perhaps they need the others.
  if (before !== undefined && failedCases.length >= before.cases.length) return undefined
  const of = before?.of ?? (cases === undefined ? 0 : cases.passed + cases.failed + cases.skipped + cases.flaky)
  return failedCases.length < of ? { cases: failedCases, of } : undefined
}
