// The order: of all tasks that could come next, the one defined first. It is the only order that anybody can predict by
// reading the definitions, it does not depend on how edges are listed, and where the definitions are in order already it
// is their order. A set of bits makes it as cheap as an order that would be arbitrary.
import type { Followers } from './followers.ts'
import { HandleSet } from './handle-set.ts'

/**
 * Nodes in order, counted from the first of the region. A group comes right after the last of its members. Nodes on a
 * cycle, and those that come after one, are missing. `waiting` is how many each node comes after; it is used up.
 */
export function topologicalOrder(followers: Followers, waiting: Int32Array): Int32Array {
  const { nodeCount, starts, packed, isGroup } = followers
  const order = new Int32Array(nodeCount)
  const ready = new HandleSet(nodeCount)
  const groups: number[] = []
  let groupsDone = 0
  let length = 0
  for (let node = 0; node < nodeCount; node++) {
    if (waiting[node] !== 0) continue
    if (isGroup[node] === 1) groups.push(node)
    else ready.add(node)
  }
  for (;;) {
    // Groups take no time, so they go at once; the order of tasks then does not depend on where groups were defined.
    const node = groups[groupsDone] ?? ready.takeFirst()
    if (node < 0) break
    if (groupsDone < groups.length) groupsDone++
    order[length++] = node
    const end = starts[node + 1] ?? 0
    for (let at = starts[node] ?? 0; at < end; at++) {
      const follower = (packed[at] ?? 0) >>> 1
      const rest = (waiting[follower] ?? 0) - 1
      waiting[follower] = rest
      if (rest !== 0) continue
      if (isGroup[follower] === 1) groups.push(follower)
      else ready.add(follower)
    }
  }
  return order.subarray(0, length)
}
