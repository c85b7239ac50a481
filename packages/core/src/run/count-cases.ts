// How many cases of a run came to what, over all attempts of their tasks: what `run-ended` says is what every document says.
// Where the details of an attempt are not to be had, what its outcome counted has to do.
import { isChargedFor } from '../model/is-charged-for.ts'
import { hasFailed, type MergedCase, mergedCases } from '../model/merged-cases.ts'
import { toldCounts } from '../model/merged-counts.ts'
import type { AttemptDetails, CaseCounts, CaseResult } from '../model/outcome.ts'
import type { AttemptReport } from '../model/report.ts'
import type { RunState } from './run-state.ts'

type Counts = { -readonly [Key in keyof CaseCounts]: number }

/** Counts every case once, by its last try; one that passed after a failure is flaky. `details` are the stored ones, by name. */
export function countCases(state: RunState, details: ReadonlyMap<string, AttemptDetails>): CaseCounts {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0, flaky: 0 }
  for (let task = 0; task < state.tasks.size; task++) {
    const row = state.tasks.lastAttempt(task)
    // Most attempts say nothing of cases, and most tasks have one.
    if (row < 0 || (state.tasks.n(task) === 1 && state.attempts.isPlainPass(row))) continue
    const { attempts, verdict } = state.taskReport(task)
    const known = attempts.map((attempt) => ({ ...attempt, details: detailsOf(attempt, details) }))
    if (known.some(({ details: found }) => found !== undefined) && !known.some(lacksDetails)) {
      for (const one of mergedCases({ attempts: known, verdict })) counts[countOf(one)] += 1
    } else addTold(counts, attempts)
  }
  return counts
}

/** What a case counts as. */
function countOf({ case: last, before, isGone }: MergedCase): keyof CaseCounts {
  if (isGone) return 'skipped'
  if (hasFailed(last)) return 'failed'
  if (last.result !== 'passed') return 'skipped'
  const isFlaky = [last, ...before].some(({ retries = 0 }) => retries > 0) || before.some(hasFailedItself)
  return isFlaky ? 'flaky' : 'passed'
}

/** A device that broke down under it makes no case flaky. */
function hasFailedItself(one: CaseResult): boolean {
  return hasFailed(one) && isChargedFor(one.failure?.category)
}

/** By the counts alone: those of the last attempt at everything, with what later ones at a part made of its failures. */
function addTold(counts: Counts, attempts: readonly AttemptReport[]): void {
  const told = toldCounts(attempts)
  if (told === undefined) return
  counts.passed += told.passed
  counts.failed += told.failed
  counts.skipped += told.skipped
  counts.flaky += told.flaky
}

function detailsOf(
  { ending }: AttemptReport,
  details: ReadonlyMap<string, AttemptDetails>,
): AttemptDetails | undefined {
  const name = ending.kind === 'ended' ? ending.outcome.details : undefined
  return name === undefined ? undefined : details.get(name)
}

/** It has cases of which nothing else is known. */
function lacksDetails({ ending, details }: AttemptReport): boolean {
  return ending.kind === 'ended' && ending.outcome.cases !== undefined && details === undefined
}
