// Edges that say nothing new, left out for display: what a person sees should be the few edges that matter. The graph
// itself keeps all of them, since each may have a kind and a time limit of its own.
import type { DependencyKind } from '../model/dependency.ts'
import { edgeKindName, HARD, OPTIONAL } from './edge-kind.ts'
import type { Graph } from './graph.ts'
import type { GraphTask } from './graph-task.ts'
import { ranksOf } from './ranks-of.ts'

/** An edge as it is shown. */
export interface ShownEdge {
  /** The task that depends, or the group that has a member. */
  readonly from: string
  /** What it depends on, or the member. */
  readonly to: string
  readonly kind: DependencyKind | 'member'
  /** In milliseconds; undefined for no limit. */
  readonly timeLimitMs: number | undefined
}

/** Every edge and membership, by the handle of where it starts. */
export function shownEdges<Task extends GraphTask>(graph: Graph<Task>): readonly ShownEdge[] {
  return listEdges(graph, () => true)
}

/**
 * The edges that are left when each is dropped that longer ways imply (transitive reduction): a hard edge where a chain
 * of hard edges and memberships leads to the same target, a soft or optional one where any chain that waits does.
 * Memberships always stay, and so does an edge with a time limit. Who can be reached from where does not change.
 *
 * Quadratic at worst, so it is for graphs that somebody looks at.
 *
 * @example
 * ```ts
 * // c depends on b and a, b depends on a
 * reduceEdges(graph).map(({ from, to }) => `${from} -> ${to}`) // => ['b -> a', 'c -> b']
 * ```
 */
export function reduceEdges<Task extends GraphTask>(graph: Graph<Task>): readonly ShownEdge[] {
  const { starts, to, kind, timeLimits } = graph.edges
  const rank = ranksOf(graph.orderedHandles)
  const byHard = new Int32Array(graph.size).fill(-1)
  const byAny = new Int32Array(graph.size).fill(-1)
  let marked = -1
  /** Marks what one can get to from `node` in two steps or more. */
  const mark = (node: number): void => {
    marked = node
    let lowest = Infinity
    for (let edge = starts[node] ?? 0; edge < (starts[node + 1] ?? 0); edge++)
      lowest = Math.min(lowest, rank[to[edge] ?? 0] ?? 0)
    for (let edge = starts[node] ?? 0; edge < (starts[node + 1] ?? 0); edge++) {
      if (kind[edge] === OPTIONAL) continue
      if (kind[edge] === HARD) walk(graph, to[edge] ?? 0, { marks: byHard, mark: node, rank, lowest, hardOnly: true })
      walk(graph, to[edge] ?? 0, { marks: byAny, mark: node, rank, lowest, hardOnly: false })
    }
  }
  return listEdges(graph, (node, edge) => {
    if (timeLimits.has(edge)) return true
    if (marked !== node) mark(node)
    return (kind[edge] === HARD ? byHard : byAny)[to[edge] ?? 0] !== node
  })
}

interface Marking {
  readonly marks: Int32Array
  readonly mark: number
  readonly rank: Int32Array
  /** Nodes that come before this rank are of no interest. */
  readonly lowest: number
  readonly hardOnly: boolean
}

/** Marks everything that a node waits for, the node itself not included. */
function walk<Task extends GraphTask>(graph: Graph<Task>, node: number, marking: Marking): void {
  const { marks, mark, rank, lowest, hardOnly } = marking
  const { starts, to, kind } = graph.edges
  const open = [node]
  const meet = (target: number): void => {
    if (marks[target] === mark || (rank[target] ?? 0) < lowest) return
    marks[target] = mark
    open.push(target)
  }
  // A node that is marked was walked from before.
  if (marks[node] === mark) return
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (graph.isGroup(at)) graph.memberHandles(at).forEach(meet)
    for (let edge = starts[at] ?? 0; edge < (starts[at + 1] ?? 0); edge++)
      if (kind[edge] === HARD || (kind[edge] !== OPTIONAL && !hardOnly)) meet(to[edge] ?? 0)
  }
}

function listEdges<Task extends GraphTask>(
  graph: Graph<Task>,
  isShown: (node: number, edge: number) => boolean,
): readonly ShownEdge[] {
  const { starts, to, kind, timeLimits } = graph.edges
  const shown: ShownEdge[] = []
  for (let node = 0; node < graph.size; node++) {
    const from = graph.id(node)
    for (const member of graph.memberHandles(node))
      shown.push({ from, to: graph.id(member), kind: 'member', timeLimitMs: undefined })
    for (let edge = starts[node] ?? 0; edge < (starts[node + 1] ?? 0); edge++)
      if (isShown(node, edge))
        shown.push({
          from,
          to: graph.id(to[edge] ?? 0),
          kind: edgeKindName(kind[edge]),
          timeLimitMs: timeLimits.get(edge),
        })
  }
  return shown
}
