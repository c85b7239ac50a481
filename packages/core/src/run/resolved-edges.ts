// Edges that a graph has resolved to handles already. They save the kernel one look-up of an id for each edge and change
// nothing else: edges get the same numbers as without them, so a resume that has no graph evolves the same journal alike.
import type { GraphEdges } from '../graph/graph-edges.ts'
import type { TaskDefinition } from '../model/task.ts'

/** The part of a graph that resolves edges; handles of tasks are positions in the order of definition. */
export interface ResolvedEdges {
  readonly taskCount: number
  readonly edges: GraphEdges
  readonly isGroup: (handle: number) => boolean
  readonly id: (handle: number) => string
  readonly taskAt: (handle: number) => TaskDefinition | undefined
}

/** Whether the edges are those of these very tasks, edge for edge. A graph drops doubled edges; then they do not fit. */
export function fits(resolved: ResolvedEdges, tasks: readonly TaskDefinition[]): boolean {
  if (resolved.taskCount !== tasks.length) return false
  let count = 0
  for (const [handle, task] of tasks.entries()) {
    if (resolved.taskAt(handle) !== task) return false
    count += task.dependsOn?.length ?? 0
  }
  return count === resolved.edges.count
}
