// What no schedule can beat: the longest chain has to run one after another, and all work has to fit into what the workers
// have. The distance of a plan to this bound is the most that a better strategy could gain.
import type { DependencyDefinition, TaskDefinition, WorkerDefinition } from '@muster/core'
import { buildGraph, criticalPath, type Graph, requireGraph } from '@muster/core/graph'
import { effectiveNeeds } from '../strategies/resource-fit.ts'

/** A lower bound and what it comes from. */
export interface MakespanBound {
  readonly ms: number
  /** The longest chain of dependencies, or the work for one resource on all workers together. */
  readonly by: { readonly kind: 'chain' } | { readonly kind: 'work'; readonly resource: string }
}

/** The least time in which tasks of the given durations, by handle, could end; those that do not run count as zero. */
export function makespanBound(
  graph: Graph<TaskDefinition>,
  workers: readonly WorkerDefinition[],
  durationsMs: Float64Array,
): MakespanBound {
  let bound: MakespanBound = { ms: longestChainMs(graph, durationsMs), by: { kind: 'chain' } }
  for (const [resource, workMs] of workByResource(graph, durationsMs)) {
    const capacity = workers.reduce((sum, worker) => sum + (worker.capacity[resource] ?? 0), 0)
    if (capacity > 0 && workMs / capacity > bound.ms) bound = { ms: workMs / capacity, by: { kind: 'work', resource } }
  }
  return bound
}

function workByResource(graph: Graph<TaskDefinition>, durationsMs: Float64Array): ReadonlyMap<string, number> {
  const work = new Map<string, number>()
  let handle = 0
  for (const task of graph.tasks()) {
    const durationMs = durationsMs[handle++] ?? 0
    if (durationMs === 0) continue
    for (const [resource, amount] of Object.entries(effectiveNeeds(task))) {
      work.set(resource, (work.get(resource) ?? 0) + amount * durationMs)
    }
  }
  return work
}

function longestChainMs(graph: Graph<TaskDefinition>, durationsMs: Float64Array): number {
  const { tailMs } = criticalPath(firmOnly(graph), (id) => durationsMs[graph.handle(id)] ?? 0)
  let longest = 0
  for (let handle = 0; handle < tailMs.length; handle++) longest = Math.max(longest, tailMs[handle] ?? 0)
  return longest
}

/** The graph by the dependencies that certainly wait: optional ones never do, those with a time limit may let go early. */
function firmOnly(graph: Graph<TaskDefinition>): Graph<TaskDefinition> {
  const tasks = [...graph.tasks()]
  if (tasks.every(({ dependsOn }) => dependsOn?.every(isFirm) ?? true)) return graph
  const firm = tasks.map((task) => ({ ...task, dependsOn: task.dependsOn?.filter(isFirm) }))
  return requireGraph(buildGraph(firm, { groups: [...graph.groups()] }))
}

function isFirm(edge: string | DependencyDefinition): boolean {
  return typeof edge === 'string' || (edge.kind !== 'optional' && edge.timeLimitMs === undefined)
}
