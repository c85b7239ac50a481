// A suite split into shards for machines that start together and never speak to each other, as a CI matrix does it. Every
// machine works the split out for itself and takes its part, so it is a function of the tests and their history alone:
// the order in which tests are listed does not count.
import { MusterError, type TaskDefinition } from '@muster/core'
import { type DurationEstimate, estimateDurations, type KnownDurations } from '../predict/estimate-durations.ts'
import { fnvHash } from './fnv-hash.ts'
import { rebalance } from './rebalance.ts'

/** How a suite is split. */
export interface PartitionOptions extends Omit<KnownDurations, 'tasks'> {
  /** How many shards. */
  readonly shards: number
  /**
   * `'duration'`: about equally long. `'hash'`: a test stays in its shard whatever is added or removed. `'slice'`: sorted by
   * id and cut into equal counts. @defaultValue `'duration'`
   */
  readonly by?: 'hash' | 'slice' | 'duration' | undefined
}

/** One shard. */
export interface Shard {
  /** From 1 up. */
  readonly shard: number
  /** Ids of its tests, sorted. */
  readonly tests: readonly string[]
  readonly expectedMs: number
  /** Nine of ten times it ends by then, in milliseconds, if tests vary independently. */
  readonly p90Ms: number
}

/** A suite in shards. */
export interface Partition {
  readonly shards: readonly Shard[]
  /** How unequal they are: the longest beside the mean, 1 where all are equal; by expected and by p90 durations. */
  readonly imbalance: { readonly expected: number; readonly p90: number }
  /** Tests whose duration was taken from those beside them. */
  readonly estimated: number
}

/**
 * Splits tests into shards: each test in exactly one of them.
 *
 * Details: by duration the longest goes first to the shard that is least full, then moves and swaps even out what that leaves.
 * By hash a test goes to the shard for which its hash with the shard's number is highest, so that another shard takes only its
 * fair part from each.
 *
 * @example
 * ```ts
 * const tests = [30, 20, 10].map((expectedMs, i) => ({ id: `t${i}`, expectedMs }))
 * partitionTests(tests, { shards: 2 }).shards.map(({ tests, expectedMs }) => [tests.join(), expectedMs]) // => [ [ 't0', 30 ], [ 't1,t2', 30 ] ]
 * ```
 */
export function partitionTests(
  tests: readonly Pick<TaskDefinition, 'id' | 'expectedMs'>[],
  { shards, by = 'duration', ...known }: PartitionOptions,
): Partition {
  if (!Number.isSafeInteger(shards) || shards < 1)
    throw new MusterError('OPTIONS_INVALID', { expected: 'shards to be a whole number from 1 up', got: String(shards) })
  const sorted = [...tests].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  for (let at = 1; at < sorted.length; at++) {
    if (sorted[at]?.id !== sorted[at - 1]?.id) continue
    throw new MusterError('OPTIONS_INVALID', {
      expected: 'every test once',
      got: `${JSON.stringify(sorted[at]?.id)} twice`,
      remedy: 'Give each test an id of its own.',
    })
  }
  const estimates = estimateDurations({ ...known, tasks: sorted })
  return partitionOf(estimates, shardOf(estimates, { shards, by }), shards)
}

/** Position of the shard of each test. */
function shardOf(
  estimates: readonly DurationEstimate[],
  { shards, by }: { readonly shards: number; readonly by: NonNullable<PartitionOptions['by']> },
): readonly number[] {
  switch (by) {
    case 'hash':
      return estimates.map(({ id }) => highestHash(id, shards))
    case 'slice':
      return estimates.map((_, at) => Math.floor((at * shards) / estimates.length))
    case 'duration':
      return rebalance(
        estimates.map(({ expectedMs }) => expectedMs),
        shards,
      )
  }
}

/** Rendezvous hashing (Thaler and Ravishankar, 1998). */
function highestHash(id: string, shards: number): number {
  let best = 0
  let highest = -1
  for (let shard = 0; shard < shards; shard++) {
    const hash = fnvHash(`${shard}\n${id}`)
    if (hash <= highest) continue
    highest = hash
    best = shard
  }
  return best
}

/** How many standard deviations the ninetieth percentile of a normal distribution is above its mean. */
const ninetieth = 1.2816

function partitionOf(estimates: readonly DurationEstimate[], shardOfTest: readonly number[], count: number): Partition {
  const shards = Array.from({ length: count }, (_, at) => {
    const own = estimates.filter((_estimate, test) => shardOfTest[test] === at)
    const expectedMs = own.reduce((sum, each) => sum + each.expectedMs, 0)
    const variance = own.reduce((sum, each) => sum + ((each.p90Ms - each.expectedMs) / ninetieth) ** 2, 0)
    return {
      shard: at + 1,
      tests: own.map(({ id }) => id),
      expectedMs,
      p90Ms: expectedMs + ninetieth * Math.sqrt(variance),
    }
  })
  return {
    shards,
    imbalance: {
      expected: imbalanceOf(shards.map(({ expectedMs }) => expectedMs)),
      p90: imbalanceOf(shards.map(({ p90Ms }) => p90Ms)),
    },
    estimated: estimates.filter(({ basis }) => basis !== 'own').length,
  }
}

function imbalanceOf(lengths: readonly number[]): number {
  const sum = lengths.reduce((total, ms) => total + ms, 0)
  return sum === 0 ? 1 : (Math.max(...lengths) * lengths.length) / sum
}
