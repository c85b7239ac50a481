// Who comes after whom: edges and memberships turned round, in one flat list. Every walk over the graph (order, cycles,
// ready set, critical path) goes along it, so groups are nodes like any other and no walk needs to know how edges lie.
import { OPTIONAL } from './edge-kind.ts'
import type { Extent, GraphTables } from './graph-tables.ts'
import type { GraphTask } from './graph-task.ts'
import type { ReadonlyInts } from './readonly-ints.ts'

/** The followers of the nodes from `first` on, as far as they lie there too. Nodes are counted from `first`. */
export interface Followers {
  readonly first: number
  readonly nodeCount: number
  /** Where the followers of each node begin; one more for the end of the last. */
  readonly starts: ReadonlyInts
  /** Two times the follower, and one more where the edge is optional. Ascending by follower within edges. */
  readonly packed: ReadonlyInts
  /** 1 for each group; empty where there are no groups at all. */
  readonly isGroup: ReadonlyInts
}

/** The region whose edges are turned round. */
export interface FollowersRequest<Task extends GraphTask> {
  readonly tables: GraphTables<Task>
  readonly extent: Extent
  /** Extent of what is left out at the front. */
  readonly from: Extent
  /** Optional edges that do not order. */
  readonly leftOut: ReadonlySet<number>
}

/** Turns edges and memberships round. */
export function followersOf<Task extends GraphTask>({
  tables,
  extent,
  from,
  leftOut,
}: FollowersRequest<Task>): Followers {
  const first = from.nodes
  const nodeCount = extent.nodes - first
  const { to, kind, starts: rows, memberTask, memberGroup } = tables
  const hasKinds = kind.length > 0
  // Counts lie one place late, so that filling moves each of them to where its node's followers begin.
  const starts = new Int32Array(nodeCount + 1)
  const isAnyLeftOut = leftOut.size > 0
  for (let node = 0; node < nodeCount; node++) {
    const end = rows[first + node + 1] ?? 0
    for (let edge = rows[first + node] ?? 0; edge < end; edge++) {
      const target = (to[edge] ?? 0) - first
      if (target < 0 || (isAnyLeftOut && leftOut.has(edge))) continue
      starts[target] = (starts[target] ?? 0) + 1
    }
  }
  for (let member = from.members; member < extent.members; member++) {
    const task = (memberTask[member] ?? 0) - first
    const group = (memberGroup[member] ?? 0) - first
    if (group < 0) continue
    starts[task] = (starts[task] ?? 0) + 1
  }
  let total = 0
  for (let node = 0; node <= nodeCount; node++) {
    total += starts[node] ?? 0
    starts[node] = total
  }
  // Filled from the last to the first, so that each list ascends and each start ends up where its list begins.
  const packed = new Int32Array(total)
  for (let member = extent.members - 1; member >= from.members; member--) {
    const group = (memberGroup[member] ?? 0) - first
    if (group < 0) continue
    const task = (memberTask[member] ?? 0) - first
    const place = (starts[task] ?? 0) - 1
    starts[task] = place
    packed[place] = 2 * group
  }
  for (let node = nodeCount - 1; node >= 0; node--) {
    const begin = rows[first + node] ?? 0
    for (let edge = (rows[first + node + 1] ?? 0) - 1; edge >= begin; edge--) {
      const target = (to[edge] ?? 0) - first
      if (target < 0 || (isAnyLeftOut && leftOut.has(edge))) continue
      const place = (starts[target] ?? 0) - 1
      starts[target] = place
      packed[place] = 2 * node + (hasKinds && kind[edge] === OPTIONAL ? 1 : 0)
    }
  }
  return { first, nodeCount, starts, packed, isGroup: groupFlags(tables, extent, first) }
}

/** How many edges and members each node of the same region comes after. */
export function incomingOf<Task extends GraphTask>({
  tables,
  extent,
  from,
  leftOut,
}: FollowersRequest<Task>): Int32Array {
  const first = from.nodes
  const { to, starts, memberGroup } = tables
  const incoming = new Int32Array(extent.nodes - first)
  const isWhole = first === 0 && leftOut.size === 0
  for (let node = first; node < extent.nodes; node++) {
    const begin = starts[node] ?? 0
    const end = starts[node + 1] ?? 0
    let count = end - begin
    if (!isWhole) for (let edge = begin; edge < end; edge++) if ((to[edge] ?? 0) < first || leftOut.has(edge)) count--
    incoming[node - first] = count
  }
  for (let member = from.members; member < extent.members; member++) {
    const group = (memberGroup[member] ?? 0) - first
    if (group >= 0) incoming[group] = (incoming[group] ?? 0) + 1
  }
  return incoming
}

function groupFlags<Task extends GraphTask>(tables: GraphTables<Task>, extent: Extent, first: number): Uint8Array {
  if (extent.groups === 0) return new Uint8Array(0)
  const flags = new Uint8Array(extent.nodes - first)
  for (const handle of tables.groups.keys()) if (handle >= first && handle < extent.nodes) flags[handle - first] = 1
  return flags
}
