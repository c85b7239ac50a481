// Two summaries of the same task become one. Merging is commutative and associative, so histories that were kept apart (by
// branch, by machine, in two files) give the same whole in whatever order they meet.
import { MusterError, type VerdictKind } from '@muster/core'
import { verdictKinds } from '@muster/core/model'
import type { VerdictCounts } from '@muster/core/schemas'
import { compareText } from './compare-text.ts'
import { type DurationSample, type FailureMark, samplesKept, type SeenRun, type TaskSummary } from './task-summary.ts'

/**
 * One summary of what both say. Neither may count a run that the other counts: merging cannot tell.
 *
 * @example
 * ```ts
 * const both = mergeSummaries(fromMain, fromBranch)
 * both.durations.length <= 32 // => true: the latest of both
 * ```
 */
export function mergeSummaries(a: TaskSummary, b: TaskSummary): TaskSummary {
  if (a.kind !== b.kind || a.id !== b.id) {
    throw new MusterError('OPTIONS_INVALID', {
      expected: `two summaries of ${a.kind} ${a.id}`,
      got: `one of ${b.kind} ${b.id}`,
      remedy: 'Merge the summaries of each task by themselves.',
    })
  }
  const lastFailure = laterFailure(a.lastFailure, b.lastFailure)
  return {
    version: 1,
    kind: a.kind,
    id: a.id,
    verdicts: addCounts(a.verdicts, b.verdicts),
    durations: [...a.durations, ...b.durations].sort(compareSamples).slice(-samplesKept),
    ...(lastFailure === undefined ? {} : { lastFailure }),
    lastSeen: compareSeen(a.lastSeen, b.lastSeen) >= 0 ? a.lastSeen : b.lastSeen,
  }
}

function addCounts(a: VerdictCounts, b: VerdictCounts): VerdictCounts {
  const sum: Partial<Record<VerdictKind, number>> = {}
  for (const kind of verdictKinds) {
    const total = (a[kind] ?? 0) + (b[kind] ?? 0)
    if (total > 0) sum[kind] = total
  }
  return sum
}

/** Total up to samples that say the same. */
function compareSamples([aWallMs, aMs]: DurationSample, [bWallMs, bMs]: DurationSample): number {
  return aWallMs - bWallMs || aMs - bMs
}

function compareSeen(a: SeenRun, b: SeenRun): number {
  return a.atWallMs - b.atWallMs || compareText(a.run, b.run)
}

function laterFailure(a: FailureMark | undefined, b: FailureMark | undefined): FailureMark | undefined {
  if (a === undefined || b === undefined) return a ?? b
  const order =
    compareSeen(a, b) ||
    compareText(a.fingerprint, b.fingerprint) ||
    compareText(a.message, b.message) ||
    compareText(a.category, b.category)
  return order >= 0 ? a : b
}
