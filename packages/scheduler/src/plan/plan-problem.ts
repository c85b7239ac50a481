// What a planner works on: the same tasks, edges, needs, locks, group limits and workers that the kernel knows, as flat
// arrays. A planner makes thousands of schedules, so nothing in here is looked up by name any more.

/** Pairs in one flat list: those of row `i` lie from `starts[i]` up to `starts[i + 1]`. */
export interface Rows {
  readonly starts: Int32Array
  readonly packed: Int32Array
}

/** What each node takes of each resource, as rows of resources with the amounts beside them. */
export interface Demands extends Rows {
  readonly amounts: Float64Array
}

/** A scheduling problem. Nodes are tasks and groups by their handles; groups, and tasks that do not run, take no time. */
export interface PlanProblem {
  readonly nodes: number
  readonly workers: number
  /** Which nodes hold something for some time on a worker: 1 for those, 0 for groups and tasks that do not run. */
  readonly runs: Uint8Array
  /** Milliseconds by node and worker: node `i` on worker `w` at `i * workers + w`; without end where that does not suit. */
  readonly durations: Float64Array
  /** Workers that could run a node, in the order in which they were given. */
  readonly suited: Rows
  /** What a node takes of the worker it runs on. */
  readonly demands: Demands
  /** Resources of a worker, as columns: resource `r` of worker `w` at `w * resources + r`. */
  readonly resources: number
  readonly capacity: Float64Array
  /** Locks and group limits: a node takes one of each, wherever it runs. */
  readonly ledgers: Rows
  readonly ledgerLimits: Float64Array
  /** Who has to wait for a node, and for whom it waits. */
  readonly followers: Rows
  readonly leaders: Rows
  /** Every node after those it waits for. */
  readonly order: Int32Array
}

/** The same problem with time running backwards: who waited is waited for. */
export function reversed(problem: PlanProblem): PlanProblem {
  return {
    ...problem,
    followers: problem.leaders,
    leaders: problem.followers,
    order: problem.order.toReversed(),
  }
}

/** What a schedule of a problem comes to. */
export interface Schedule {
  /** By node, in milliseconds. */
  readonly startsMs: Float64Array
  /** By node; -1 for what does not run. */
  readonly workers: Int32Array
  readonly makespanMs: number
}

/** The places of nodes when sorted by a key, the smaller the earlier; ties as the kernel breaks them, by handle. */
export function ranksBy({ nodes }: PlanProblem, key: (node: number) => number): Int32Array {
  const keys = Float64Array.from({ length: nodes }, (_, node) => key(node))
  const sorted = Int32Array.from(keys.keys()).sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b)
  const ranks = new Int32Array(nodes)
  for (let at = 0; at < nodes; at++) ranks[sorted[at] ?? 0] = at
  return ranks
}
