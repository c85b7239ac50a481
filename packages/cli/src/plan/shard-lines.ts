// Shards of a plan for machines of a CI matrix: a table for a person, or the ids of one shard alone, a line each, as
// `muster run` takes them.
import { MusterError } from '@muster/core'
import type { Partition } from '@muster/scheduler'
import { countText } from '../terminal/count-text.ts'

/** Ids of one shard, or what all shards hold. */
export function shardLines({ shards, imbalance, estimated }: Partition, shard: number | undefined): readonly string[] {
  if (shard !== undefined) {
    const own = shards[shard - 1]
    if (own !== undefined) return own.tests
    throw new MusterError('OPTIONS_INVALID', {
      expected: `--shard to be from 1 to ${String(shards.length)}, which --shards says`,
      got: String(shard),
    })
  }
  const rows = shards.map(
    (own) =>
      `${String(own.shard)}  ${countText(own.tests.length, 'task')}  expected ${seconds(own.expectedMs)}  nine of ten times below ${seconds(own.p90Ms)}`,
  )
  const guessed =
    estimated === 0 ? '' : `; ${countText(estimated, 'duration')} ${estimated === 1 ? 'is' : 'are'} estimated`
  return [...rows, `The longest is ${imbalance.expected.toFixed(2)} of the mean${guessed}.`]
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
