// One cycle to stand for a whole tangle. The shortest of all would take a search from every node, which is quadratic; so
// the search starts from at most 64 nodes: in a tangle of up to 64 the cycle is the shortest there is, in a larger one
// the shortest through any of its first 64 nodes. That is linear, and what people make by mistake is small.
import type { Followers } from './followers.ts'

const MOST_SEARCHES = 64
const NONE = -1

/** Numbers of one search; shared by all, so that a search costs only what it meets. */
export interface WitnessMarks {
  readonly component: Int32Array
  readonly distance: Int32Array
  readonly before: Int32Array
}

/** Marks for searches among so many nodes. */
export function witnessMarks(nodeCount: number): WitnessMarks {
  return {
    component: new Int32Array(nodeCount),
    distance: new Int32Array(nodeCount),
    before: new Int32Array(nodeCount),
  }
}

/**
 * A short cycle of waiting edges within a strong component, beginning with its smallest node; each node waits for the
 * next, and the last for the first. `number` tells the component from others, from 1 up.
 */
export function witnessCycle(
  followers: Followers,
  component: readonly number[],
  marks: WitnessMarks,
  number: number,
): readonly number[] {
  for (const node of component) marks.component[node] = number
  let shortest: readonly number[] = []
  for (const source of component.slice(0, MOST_SEARCHES)) {
    const limit = shortest.length === 0 ? Infinity : shortest.length
    const found = cycleThrough(followers, source, { marks, number, limit })
    for (const node of found.met) marks.distance[node] = 0
    if (found.cycle.length > 0) shortest = found.cycle
    if (shortest.length === 2) break
  }
  const smallest = shortest.indexOf(shortest.reduce((least, node) => Math.min(least, node), Infinity))
  return [...shortest.slice(smallest), ...shortest.slice(0, smallest)]
}

interface Search {
  readonly marks: WitnessMarks
  readonly number: number
  /** Cycles of this length or more are of no interest. */
  readonly limit: number
}

/** Breadth first along the followers until the source is met again; the way back is the cycle as people read it. */
function cycleThrough(
  { starts, packed }: Followers,
  source: number,
  { marks: { component, distance, before }, number, limit }: Search,
): { readonly cycle: readonly number[]; readonly met: readonly number[] } {
  const met = [source]
  distance[source] = 1
  before[source] = NONE
  for (let head = 0; head < met.length; head++) {
    const node = met[head] ?? 0
    const length = distance[node] ?? 0
    if (length >= limit) break
    for (let at = starts[node] ?? 0; at < (starts[node + 1] ?? 0); at++) {
      const edge = packed[at] ?? 0
      const follower = edge >>> 1
      if ((edge & 1) === 1 || component[follower] !== number) continue
      if (follower === source) {
        const cycle: number[] = []
        for (let back = node; back !== NONE; back = before[back] ?? NONE) cycle.push(back)
        return { cycle, met }
      }
      if (distance[follower] !== 0) continue
      distance[follower] = length + 1
      before[follower] = node
      met.push(follower)
    }
  }
  return { cycle: [], met }
}
