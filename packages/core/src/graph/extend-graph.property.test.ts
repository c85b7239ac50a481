// Laws of extending and of JSON: however a graph came about, it is the same graph.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildGraph, extendGraph, type GraphResult, requireGraph } from './build-graph.ts'
import { fromJson, toJson } from './graph-document.ts'
import { graphDocument } from './graph-document-schema.ts'
import type { GraphTask } from './graph-task.ts'
import type { Graph } from './graph.ts'
import { anyTasks, type AnyTasks } from './laws/any-tasks.ts'

/** Everything that can be seen of a graph, by ids. */
function seen(graph: Graph): unknown {
  return {
    size: graph.size,
    tasks: [...graph.tasks()],
    groups: [...graph.groups()].map(({ id }) => id).toSorted(),
    order: graph.taskOrder(),
    levels: graph.levels(),
    edges: [...graph.tasks()].map(({ id }) => graph.dependencyEdges(id)),
    dependents: [...graph.tasks(), ...graph.groups()].map(({ id }) => [id, graph.dependents(id)]).toSorted(),
    members: [...graph.groups()].map(({ id }) => [id, graph.members(id)]).toSorted(),
  }
}

/** Splits tasks so that each part depends only on itself and on those before. */
function parts({ tasks, groups }: AnyTasks, cuts: readonly number[]): readonly AnyTasks[] {
  const placed = new Set<string>(groups.map(({ id }) => id))
  const chunks: AnyTasks['tasks'][] = [[]]
  let rest = tasks
  while (rest.length > 0) {
    const isReady = (task: (typeof rest)[number]): boolean =>
      (task.dependsOn ?? []).every((edge) => placed.has(typeof edge === 'string' ? edge : edge.on))
    const next = rest.filter(isReady)
    // What waits in a circle, by optional edges, comes all at once.
    const chunk = next.length > 0 ? next.slice(0, Math.max(1, (cuts[chunks.length] ?? 0) % (next.length + 1))) : rest
    for (const task of chunk) for (const id of [task.id, ...(task.groups ?? [])]) placed.add(id)
    chunks.push(chunk)
    rest = rest.filter((task) => !chunk.includes(task))
  }
  return chunks.map((chunk) => ({ tasks: chunk, groups: [] }))
}

const anyCuts = fc.array(fc.nat(), { maxLength: 10 })

test('a graph extended bit by bit is the graph built at once from the same tasks in the same order', () => {
  fc.assert(
    fc.property(anyTasks({ isCyclic: false }), anyCuts, (given, cuts) => {
      const chunks = parts(given, cuts)
      const tasks = chunks.flatMap((chunk) => chunk.tasks)
      let graph = requireGraph(buildGraph<GraphTask>([], { groups: given.groups, isOpen: true }))
      const versions: [Graph, unknown][] = []
      for (const chunk of chunks) {
        graph = requireGraph(extendGraph(graph, chunk.tasks))
        versions.push([graph, seen(graph)])
      }
      expect(seen(graph)).toEqual(seen(requireGraph(buildGraph(tasks, { groups: given.groups, isOpen: true }))))
      for (const [version, before] of versions) expect(seen(version)).toEqual(before)
    }),
  )
})

test('an extension is valid exactly where building at once is, and a refused one leaves no trace', () => {
  fc.assert(
    fc.property(anyTasks({ isCyclic: true }), fc.nat(), (given, cut) => {
      const first = given.tasks.slice(0, cut % (given.tasks.length + 1))
      const base = buildGraph(first, { groups: given.groups, isOpen: true })
      fc.pre(base.kind === 'valid')
      const before = seen(requireGraph(base))
      const rest = given.tasks.slice(first.length)
      const outcome = (result: GraphResult): unknown =>
        result.kind === 'valid' ? seen(result.graph) : result.problems.map((problem) => problem.kind)
      const graph = requireGraph(base)
      const extended = outcome(extendGraph(graph, rest))
      expect(extended).toEqual(outcome(buildGraph(given.tasks, { groups: given.groups, isOpen: true })))
      expect(seen(graph)).toEqual(before)
      expect(outcome(extendGraph(graph, rest))).toEqual(extended)
      expect(seen(requireGraph(extendGraph(graph, [{ id: 'one more than there was' }])))).not.toEqual(before)
    }),
  )
})

test('a graph goes to JSON and back, and its document fits the schema', () => {
  fc.assert(
    fc.property(anyTasks({ isCyclic: false }), (given) => {
      const result = buildGraph(given.tasks, given)
      const document: unknown = JSON.parse(JSON.stringify(toJson(requireGraph(result))))
      const again = fromJson(document)
      expect(graphDocument.parse(document)).toEqual(document)
      expect(JSON.stringify(seen(requireGraph(again)))).toEqual(JSON.stringify(seen(requireGraph(result))))
      expect(again.kind === 'valid' && result.kind === 'valid' ? again.warnings : []).toEqual(
        result.kind === 'valid' ? result.warnings : undefined,
      )
    }),
  )
})
