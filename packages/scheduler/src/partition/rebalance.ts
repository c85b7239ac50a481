// Shards of about equal length: the longest test to the least full shard ("LPT", Graham 1969), then tests are moved out of the
// fullest shard, or swapped for shorter ones, for as long as that helps.

/** Moves and swaps at most; each shortens the fullest shard, so few are enough. */
const mostSteps = 1000

/** Position of the shard of each test, by its expected milliseconds. */
export function rebalance(lengthsMs: readonly number[], shards: number): readonly number[] {
  const loads = new Float64Array(shards)
  const shardOf = new Array<number>(lengthsMs.length).fill(0)
  const order = [...lengthsMs.keys()].sort((a, b) => (lengthsMs[b] ?? 0) - (lengthsMs[a] ?? 0) || a - b)
  // Tests that take no time are spread as well: the least full shard would get them all.
  const counts = new Int32Array(shards)
  for (const test of order) {
    let least = 0
    for (let at = 1; at < shards; at++) {
      const [load, best] = [loads[at] ?? 0, loads[least] ?? 0]
      if (load < best || (load === best && (counts[at] ?? 0) < (counts[least] ?? 0))) least = at
    }
    shardOf[test] = least
    loads[least] = (loads[least] ?? 0) + (lengthsMs[test] ?? 0)
    counts[least] = (counts[least] ?? 0) + 1
  }
  for (let step = 0; step < mostSteps && improve(lengthsMs, shardOf, loads); step++);
  return shardOf
}

/** One move or swap that makes the fullest shard and its partner more equal; whether there was one. */
function improve(lengthsMs: readonly number[], shardOf: number[], loads: Float64Array): boolean {
  const fullest = loads.indexOf(Math.max(...loads))
  const fullMs = loads[fullest] ?? 0
  const members = Array.from(loads, (): number[] => [])
  for (const [test, shard] of shardOf.entries()) members[shard]?.push(test)
  for (const shard of loads.keys()) members[shard]?.sort((a, b) => (lengthsMs[a] ?? 0) - (lengthsMs[b] ?? 0) || a - b)
  let best: { readonly gain: number; readonly give: number; readonly take: number; readonly to: number } | undefined
  for (const [to, load] of loads.entries()) {
    // Half the difference handed over would make the two equal.
    const wanted = (fullMs - load) / 2
    if (to === fullest || !(wanted > 0)) continue
    const theirs = [-1, ...(members[to] ?? [])]
    for (const give of members[fullest] ?? []) {
      const giveMs = lengthsMs[give] ?? 0
      const take = closest(theirs, (test) => giveMs - (test < 0 ? 0 : (lengthsMs[test] ?? 0)), wanted)
      const shift = giveMs - (take < 0 ? 0 : (lengthsMs[take] ?? 0))
      const gain = wanted - Math.abs(wanted - shift)
      // Below a thousandth of a millisecond it would turn in circles of rounding.
      if (gain > 1e-3 && (best === undefined || gain > best.gain)) best = { gain, give, take, to }
    }
  }
  if (best === undefined) return false
  const shift = (lengthsMs[best.give] ?? 0) - (best.take < 0 ? 0 : (lengthsMs[best.take] ?? 0))
  shardOf[best.give] = best.to
  if (best.take >= 0) shardOf[best.take] = fullest
  loads[fullest] = fullMs - shift
  loads[best.to] = (loads[best.to] ?? 0) + shift
  return true
}

/** The item whose falling value is closest to the wanted one, by halving. */
function closest(items: readonly number[], valueOf: (item: number) => number, wanted: number): number {
  let [low, high] = [0, items.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (valueOf(items[middle] ?? -1) >= wanted) low = middle
    else high = middle - 1
  }
  const [here = -1, next] = [items[low], items[low + 1]]
  if (next === undefined) return here
  return Math.abs(valueOf(next) - wanted) < Math.abs(valueOf(here) - wanted) ? next : here
}
