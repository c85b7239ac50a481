// Builds one graph and orders it, by one library, in a process of its own. Every round parses its input anew, so that no
// id brings a hash along from the round before.
import { buildGraph, type GraphTask, requireGraph } from '@muster/core/graph'
import { DepGraph } from 'dependency-graph'
import { Graph as StructureGraph, topologicalSort as structureSort } from 'graph-data-structure'
import graphology from 'graphology'
import graphologyDag from 'graphology-dag'
import toposort from 'toposort'
import { longChain, manyEdges } from '../many-edges.ts'

type Tasks = readonly GraphTask[]

interface Ordered {
  readonly graph: unknown
  readonly order: { readonly length: number }
}

const libraries: Readonly<Record<string, (tasks: Tasks) => Ordered>> = {
  muster: (tasks) => {
    const graph = requireGraph(buildGraph(tasks))
    return { graph, order: graph.order() }
  },
  graphology: (tasks) => {
    const graph = new graphology.DirectedGraph()
    for (const { id } of tasks) graph.addNode(id)
    for (const { id, dependsOn } of tasks) for (const on of dependsOn ?? []) graph.addDirectedEdge(on, id)
    return { graph, order: graphologyDag.topologicalSort(graph) }
  },
  'dependency-graph': (tasks) => {
    const graph = new DepGraph<undefined>()
    for (const { id } of tasks) graph.addNode(id)
    for (const { id, dependsOn } of tasks)
      for (const on of dependsOn ?? []) graph.addDependency(id, typeof on === 'string' ? on : on.on)
    return { graph, order: graph.overallOrder() }
  },
  toposort: (tasks) => {
    const graph: [string, string][] = []
    for (const { id, dependsOn } of tasks)
      for (const on of dependsOn ?? []) graph.push([typeof on === 'string' ? on : on.on, id])
    const ids = tasks.map(({ id }) => id)
    return { graph, order: toposort.array(ids, graph) }
  },
  'graph-data-structure': (tasks) => {
    const graph = new StructureGraph()
    for (const { id } of tasks) graph.addNode(id)
    for (const { id, dependsOn } of tasks)
      for (const on of dependsOn ?? []) graph.addEdge(typeof on === 'string' ? on : on.on, id)
    return { graph, order: structureSort(graph) }
  },
}

/** Rounds that even a slow library gets. */
const leastRounds = 3

const [, , what = 'muster', count = '1000', edges = '5', seed = '1', seconds = '1'] = process.argv
if (what === 'chain') chain(Number(count))
else measure(what, () => manyEdges({ tasks: Number(count), edgesPerTask: Number(edges), seed: Number(seed) }))

function measure(library: string, input: () => Tasks): void {
  const build = libraries[library]
  if (build === undefined) throw new Error(`Expected a library, got ${library}`)
  const times: number[] = []
  // From the second round on a small graph is alive, as it is in a program that uses graphs: collecting the last one makes
  // the platform forget how such objects look, and compile everything anew.
  const alive: { readonly tasks: Tasks; readonly built: Ordered }[] = []
  const end = performance.now() + 1000 * Number(seconds)
  while (times.length < leastRounds || performance.now() < end) {
    const tasks = input()
    globalThis.gc?.()
    const began = performance.now()
    const { length } = build(tasks).order
    times.push(performance.now() - began)
    if (length !== tasks.length) throw new Error(`Expected ${tasks.length} in order, got ${length}`)
    if (alive.length === 0) {
      const few = manyEdges({ tasks: 50, edgesPerTask: 5, seed: Number(seed) })
      alive.push({ tasks: few, built: build(few) })
    }
  }
  const figures = { cold_ms: times[0], min_ms: Math.min(...times), rounds: times.length, alive: alive.length }
  process.stdout.write(`${JSON.stringify(library === 'muster' ? { ...figures, heap_mb: heapOf(input()) } : figures)}\n`)
}

/** What a graph takes beside its tasks, in megabytes (10^6 bytes), its order and typed arrays included. */
function heapOf(tasks: Tasks): number {
  const before = used()
  const graph = requireGraph(buildGraph(tasks))
  const order = graph.order()
  const after = used()
  // Both are alive until here.
  if (order.length !== tasks.length || graph.taskCount !== tasks.length) throw new Error('not all tasks are there')
  return (after - before) / 1e6
}

function used(): number {
  globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** A chain is ordered from its far end, and closed to a ring it is told as one cycle. */
function chain(length: number): void {
  const tasks = longChain(length)
  const order = requireGraph(buildGraph(tasks)).order()
  const isOrdered = order.length === length && order.every((id, at) => id === tasks[length - 1 - at]?.id)
  const ring = tasks.with(length - 1, { id: tasks[length - 1]?.id ?? '', dependsOn: [tasks[0]?.id ?? ''] })
  const result = buildGraph(ring)
  const [problem] = result.kind === 'invalid' ? result.problems : []
  const isTold = problem?.kind === 'cycle' && problem.path.length === length + 1
  process.stdout.write(`${JSON.stringify({ worked: isOrdered && isTold ? 1 : 0 })}\n`)
}
