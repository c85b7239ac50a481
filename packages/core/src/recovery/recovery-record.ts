// What is known of one strategy in one situation: how often it helped and what that took. The totals are for people, the latest
// samples are what is chosen by: a world that changes is followed because old samples leave. Merging is commutative and
// associative, so histories that were kept apart give the same whole.
import type { FailureCategory } from '../model/failure.ts'
import { MusterError } from '../errors/muster-error.ts'

/** Samples kept of a situation: a sliding window. */
export const samplesKept = 128

/** Where and after what a strategy was used. */
export interface RecoverySituation {
  readonly category: FailureCategory
  /** Name of the strategy. */
  readonly strategy: string
  /** Kind of worker: what workers of one kind have in common. */
  readonly workerClass: string
  /** Kind of the task, which is its runner. */
  readonly runner: string
}

/**
 * One use: wall time in milliseconds since 1970, whether it helped, milliseconds until its attempt was over, and whether the same
 * strategy had failed before after the same failure.
 */
export type RecoverySample = readonly [atWallMs: number, helped: 0 | 1, ms: number, again: 0 | 1]

/** A situation over all runs, version 1. */
export interface RecoveryRecord extends RecoverySituation {
  readonly version: 1
  readonly uses: number
  readonly helped: number
  /** Milliseconds in all. */
  readonly spentMs: number
  /** The latest uses, oldest first, at most {@link samplesKept}. */
  readonly samples: readonly RecoverySample[]
}

/** The key of a situation, in one text. */
export function situationKey({ category, strategy, workerClass, runner }: RecoverySituation): string {
  return [category, strategy, workerClass, runner].map(encodeURIComponent).join('/')
}

/** The record with one more use. */
export function foldRecovery(
  record: RecoveryRecord | undefined,
  situation: RecoverySituation,
  sample: RecoverySample,
): RecoveryRecord {
  const [, helped, ms] = sample
  const { category, strategy, workerClass, runner } = situation
  const once: RecoveryRecord = {
    version: 1,
    category,
    strategy,
    workerClass,
    runner,
    uses: 1,
    helped,
    spentMs: ms,
    samples: [sample],
  }
  return record === undefined ? once : mergeRecoveries(record, once)
}

/** One record of what both say; neither may count a use that the other counts. */
export function mergeRecoveries(a: RecoveryRecord, b: RecoveryRecord): RecoveryRecord {
  if (situationKey(a) !== situationKey(b)) {
    throw new MusterError('OPTIONS_INVALID', {
      expected: `two records of ${situationKey(a)}`,
      got: `one of ${situationKey(b)}`,
      remedy: 'Merge the records of each situation by themselves.',
    })
  }
  return {
    ...a,
    uses: a.uses + b.uses,
    helped: a.helped + b.helped,
    spentMs: a.spentMs + b.spentMs,
    samples: [...a.samples, ...b.samples].sort(compareSamples).slice(-samplesKept),
  }
}

/** Total up to samples that say the same. */
function compareSamples(a: RecoverySample, b: RecoverySample): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || a[3] - b[3]
}
