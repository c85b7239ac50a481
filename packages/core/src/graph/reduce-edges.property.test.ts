// Laws of the reduction: nobody loses or gains a way to anybody, of no kind, and nothing that is left is idle.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DependencyKind } from '../model/dependency.ts'
import { buildGraph, requireGraph } from './build-graph.ts'
import { anyTasks } from './laws/any-tasks.ts'
import { beforeOf, type Before, reachable } from './laws/naive-graph.ts'
import { reduceEdges, type ShownEdge, shownEdges } from './reduce-edges.ts'

type Kind = DependencyKind | 'member'

function only(edges: readonly ShownEdge[], ids: Iterable<string>, kinds: readonly Kind[]): Before {
  const before = new Map([...ids].map((id) => [id, new Map<string, Kind>()] as const))
  for (const { from, to, kind } of edges) if (kinds.includes(kind)) before.get(from)?.set(to, kind)
  return before
}

test('who reaches whom stays the same, by hard edges and by all that wait', () => {
  fc.assert(
    fc.property(anyTasks({ isCyclic: false }), (given) => {
      const graph = requireGraph(buildGraph(given.tasks, given))
      const ids = [...beforeOf(given).keys()]
      for (const kinds of [['hard', 'member'] as const, ['hard', 'soft', 'member'] as const])
        for (const id of ids)
          expect(reachable(only(reduceEdges(graph), ids, kinds), id)).toEqual(
            reachable(only(shownEdges(graph), ids, kinds), id),
          )
    }),
  )
})

test('no edge is left that others imply', () => {
  fc.assert(
    fc.property(anyTasks({ isCyclic: false }), (given) => {
      const graph = requireGraph(buildGraph(given.tasks, given))
      const edges = reduceEdges(graph)
      for (const edge of edges) {
        if (edge.kind === 'member' || edge.timeLimitMs !== undefined) continue
        const kinds: readonly Kind[] = edge.kind === 'hard' ? ['hard', 'member'] : ['hard', 'soft', 'member']
        const rest = only(
          edges.filter((other) => other !== edge),
          graph.order(),
          kinds,
        )
        expect(reachable(rest, edge.from)).not.toContain(edge.to)
      }
    }),
  )
})
