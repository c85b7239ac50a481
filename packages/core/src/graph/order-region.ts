// Order or the reason why there is none: the one place that tells a graph from a tangle.
import type { GraphProblem, GraphWarning } from './graph-problem.ts'
import type { Extent, GraphTables } from './graph-tables.ts'
import type { GraphTask } from './graph-task.ts'
import { followersOf, incomingOf, type Followers } from './followers.ts'
import { optionalEdgesLeftOut } from './optional-cycles.ts'
import { strongComponents } from './strong-components.ts'
import { topologicalOrder } from './topological-order.ts'
import { witnessCycle, witnessMarks } from './witness-cycle.ts'

/** The order of a region, or why there is none. */
export type RegionOrder =
  | {
      readonly kind: 'ordered'
      readonly followers: Followers
      /** Counted from the first node of the region. */
      readonly order: Int32Array
      readonly leftOut: ReadonlySet<number>
      readonly warnings: readonly GraphWarning[]
    }
  | { readonly kind: 'tangled'; readonly problems: readonly GraphProblem[] }

/** The part of a graph that is ordered: all of it, or what an extension added. */
export interface Region<Task extends GraphTask> {
  readonly tables: GraphTables<Task>
  readonly extent: Extent
  /** Extent of what is left out at the front, where no cycle can reach. */
  readonly from: Extent
}

/** Orders the nodes of a region, leaving out optional edges that would close a cycle. */
export function orderRegion<Task extends GraphTask>(region: Region<Task>): RegionOrder {
  const whole = { ...region, leftOut: new Set<number>() }
  const followers = followersOf(whole)
  const order = topologicalOrder(followers, incomingOf(whole))
  if (order.length === followers.nodeCount)
    return { kind: 'ordered', followers, order, leftOut: new Set(), warnings: [] }

  const among = missingFrom(order, followers.nodeCount)
  const { ids } = region.tables.index
  const tangles = strongComponents({ followers, among, withOptional: false })
  if (tangles.length > 0) {
    const marks = witnessMarks(followers.nodeCount)
    const problems = tangles.map((component, at): GraphProblem => {
      const cycle = witnessCycle(followers, component, marks, at + 1).map((node) => followers.first + node)
      const path = cycle.map((handle) => ids[handle] ?? '')
      const groups = cycle.filter((handle) => region.tables.groups.has(handle)).map((handle) => ids[handle] ?? '')
      return { kind: 'cycle', path: [...path, path[0] ?? ''], groups, size: component.length }
    })
    return { kind: 'tangled', problems }
  }
  const leftOut = optionalEdgesLeftOut(region.tables, followers, among)
  const kept = followersOf({ ...region, leftOut })
  const incoming = incomingOf({ ...region, leftOut })
  return {
    kind: 'ordered',
    followers: kept,
    order: topologicalOrder(kept, incoming),
    leftOut,
    warnings: warningsOf(region, leftOut),
  }
}

function missingFrom(order: Int32Array, nodeCount: number): readonly number[] {
  const isThere = new Uint8Array(nodeCount)
  for (const node of order) isThere[node] = 1
  const missing: number[] = []
  for (let node = 0; node < nodeCount; node++) if (isThere[node] === 0) missing.push(node)
  return missing
}

function warningsOf<Task extends GraphTask>(
  { tables, extent }: Region<Task>,
  leftOut: ReadonlySet<number>,
): readonly GraphWarning[] {
  const warnings: GraphWarning[] = []
  if (leftOut.size === 0) return warnings
  for (let handle = 0; handle < extent.nodes; handle++)
    for (let edge = tables.starts[handle] ?? 0; edge < (tables.starts[handle + 1] ?? 0); edge++)
      if (leftOut.has(edge))
        warnings.push({
          kind: 'optional-left-out',
          task: tables.index.ids[handle] ?? '',
          target: tables.index.ids[tables.to[edge] ?? 0] ?? '',
        })
  return warnings
}
