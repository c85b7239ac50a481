// From a summary to core's word for what is known of a task, which any policy reads. What the history does not hold is left
// out: a task without a passing attempt has no duration, and one that was only ever skipped has no failure rate.
import type { TaskFacts, VerdictKind } from '@muster/core'
import { durationFact } from '../duration/duration-fact.ts'
import type { TaskSummary } from './task-summary.ts'

/** Verdicts that the task earned itself, as opposed to what others did to it. */
const earned: readonly VerdictKind[] = ['passed', 'flaky', 'failed', 'timed-out', 'poisoned']
const failedForGood: readonly VerdictKind[] = ['failed', 'timed-out', 'poisoned']

/**
 * The facts that follow from a summary; nothing where none does.
 *
 * Details: the duration rests on the passing attempts kept, the rates on every run in which the task came to a result of
 * its own: blocked, skipped, cancelled and unplaceable tasks neither failed nor passed.
 */
export function factsOfSummary(summary: TaskSummary): TaskFacts | undefined {
  const duration = durationFact(summary.durations.map(([, durationMs]) => durationMs))
  const runs = countOf(summary, earned)
  if (duration === undefined && runs === 0) return undefined
  const measuredAtWallMs = summary.durations.at(-1)?.[0]
  return {
    ...(duration === undefined
      ? {}
      : { duration: measuredAtWallMs === undefined ? duration : { ...duration, measuredAtWallMs } }),
    ...(runs === 0
      ? {}
      : { failureRate: countOf(summary, failedForGood) / runs, flakyRate: countOf(summary, ['flaky']) / runs }),
  }
}

function countOf({ verdicts }: TaskSummary, kinds: readonly VerdictKind[]): number {
  return kinds.reduce((sum, kind) => sum + (verdicts[kind] ?? 0), 0)
}
