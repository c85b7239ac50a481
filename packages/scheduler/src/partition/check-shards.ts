// Machines of a matrix work their shards out one by one, and may have been given different histories or different checkouts. So
// what they ran is put together and compared with the whole before anybody says that the suite passed.

/** What is wrong with shards that were put together; all empty where nothing is. */
export interface ShardsCheck {
  readonly kind: 'whole' | 'broken'
  /** Tests that no shard has, sorted. */
  readonly lost: readonly string[]
  /** Tests that several have, with the shards, sorted. */
  readonly doubled: readonly { readonly id: string; readonly shards: readonly number[] }[]
  /** Tests that some shard has and the whole has not, sorted. */
  readonly foreign: readonly string[]
  /** Shards that said nothing, from 1 up. */
  readonly silent: readonly number[]
}

/** What one machine said that it took. */
export interface TakenShard {
  /** From 1 up. */
  readonly shard: number
  readonly tests: readonly string[]
}

/**
 * Whether what machines took is the whole suite, each test once. A shard that is told twice with the same number counts as one
 * that was run again, not as doubled.
 *
 * @example
 * ```ts
 * checkShards(['a', 'b'], { shards: 2, taken: [{ shard: 1, tests: ['a'] }] }) // => { kind: 'broken', lost: ['b'], doubled: [], foreign: [], silent: [2] }
 * ```
 */
export function checkShards(
  tests: readonly string[],
  { shards, taken }: { readonly shards: number; readonly taken: readonly TakenShard[] },
): ShardsCheck {
  const whole = new Set(tests)
  const takers = new Map<string, Set<number>>()
  for (const { shard, tests: own } of taken) {
    for (const id of own) {
      const known = takers.get(id)
      if (known === undefined) takers.set(id, new Set([shard]))
      else known.add(shard)
    }
  }
  const lost = [...whole].filter((id) => !takers.has(id)).sort()
  const foreign = [...takers.keys()].filter((id) => !whole.has(id)).sort()
  const doubled = [...takers]
    .filter(([, by]) => by.size > 1)
    .map(([id, by]) => ({ id, shards: [...by].sort((a, b) => a - b) }))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
  const heard = new Set(taken.map(({ shard }) => shard))
  const silent = Array.from({ length: shards }, (_, at) => at + 1).filter((shard) => !heard.has(shard))
  const isWhole = lost.length + foreign.length + doubled.length + silent.length === 0
  return { kind: isWhole ? 'whole' : 'broken', lost, doubled, foreign, silent }
}
