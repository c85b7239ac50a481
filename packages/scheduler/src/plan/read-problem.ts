// From tasks and workers as people define them to the flat arrays that schedules are made on. What the kernel would count
// is counted: needs with the slot that every task takes, labels, kinds, locks, limits of groups, edges through groups.
import type { TaskDefinition, WorkerDefinition } from '@muster/core'
import type { Graph } from '@muster/core/graph'
import { effectiveNeeds } from '../strategies/resource-fit.ts'
import type { Demands, PlanProblem, Rows } from './plan-problem.ts'

/** What a problem is made from. */
export interface ProblemSource {
  readonly graph: Graph<TaskDefinition>
  readonly workers: readonly WorkerDefinition[]
  /** Milliseconds a task takes on a worker, both by position. */
  readonly durationMs: (task: number, worker: number) => number
}

/** The problem that a graph on given workers is. A task that no worker suits takes no time, as does what waits for it. */
export function readProblem({ graph, workers, durationMs }: ProblemSource): PlanProblem {
  const nodes = graph.size
  const needs = needsOf(graph)
  const suitedTo = Array.from({ length: nodes }, (_, node) => suitedWorkers(graph.taskAt(node), workers))
  const durations = new Float64Array(nodes * workers.length)
  for (let node = 0; node < nodes; node++) {
    const suited = suitedTo[node] ?? []
    // A worker that does not suit would take for ever; what runs nowhere takes no time.
    if (suited.length > 0) durations.fill(Infinity, node * workers.length, (node + 1) * workers.length)
    for (const worker of suited) durations[node * workers.length + worker] = durationMs(node, worker)
  }
  const names = scarceNames(needs, suitedTo, workers)
  const columns = new Map(names.map((name, column) => [name, column]))
  const { ledgers, ledgerLimits } = ledgersOf(graph, suitedTo)
  const { followers, leaders } = edgesOf(graph)
  return {
    nodes,
    workers: workers.length,
    runs: Uint8Array.from(suitedTo, (suited) => (suited.length > 0 ? 1 : 0)),
    durations,
    suited: rowsOf(suitedTo),
    demands: demandsOf(needs, columns),
    resources: names.length,
    capacity: Float64Array.from(workers.flatMap(({ capacity }) => names.map((name) => capacity[name] ?? 0))),
    ledgers,
    ledgerLimits,
    followers,
    leaders,
    order: Int32Array.from(graph.orderedHandles),
  }
}

/** Rows as they lie in flat arrays. */
function rowsOf(lists: readonly (readonly number[])[]): Rows {
  const starts = new Int32Array(lists.length + 1)
  for (const [row, list] of lists.entries()) starts[row + 1] = (starts[row] ?? 0) + list.length
  return { starts, packed: Int32Array.from(lists.flat()) }
}

function needsOf(graph: Graph<TaskDefinition>): readonly (readonly (readonly [string, number])[])[] {
  return Array.from({ length: graph.size }, (_, node) => {
    const task = graph.taskAt(node)
    return task === undefined || task.skip !== undefined
      ? []
      : Object.entries(effectiveNeeds(task)).filter(([, amount]) => amount > 0)
  })
}

function suitedWorkers(task: TaskDefinition | undefined, workers: readonly WorkerDefinition[]): readonly number[] {
  if (task === undefined || task.skip !== undefined) return []
  const needs = Object.entries(effectiveNeeds(task))
  const labels = task.needs?.labels ?? []
  const suited: number[] = []
  for (const [at, worker] of workers.entries()) {
    const isSuited =
      worker.kinds.includes(task.kind) &&
      needs.every(([name, amount]) => amount <= (worker.capacity[name] ?? 0)) &&
      labels.every((label) => worker.labels?.includes(label))
    if (isSuited) suited.push(at)
  }
  return suited
}

/** Names of resources that all tasks together could exhaust on some worker: of the others there is always enough. */
function scarceNames(
  needs: ReturnType<typeof needsOf>,
  suitedTo: readonly (readonly number[])[],
  workers: readonly WorkerDefinition[],
): readonly string[] {
  const total = new Map<string, number>()
  for (const [node, list] of needs.entries()) {
    if ((suitedTo[node] ?? []).length === 0) continue
    for (const [name, amount] of list) total.set(name, (total.get(name) ?? 0) + amount)
  }
  const isScarce = (name: string, sum: number): boolean => workers.some(({ capacity }) => (capacity[name] ?? 0) < sum)
  return [...total].filter(([name, sum]) => isScarce(name, sum)).map(([name]) => name)
}

function demandsOf(needs: ReturnType<typeof needsOf>, columns: ReadonlyMap<string, number>): Demands {
  const known = needs.map((list) =>
    list.flatMap(([name, amount]) => {
      const column = columns.get(name)
      return column === undefined ? [] : [{ column, amount }]
    }),
  )
  const rows = rowsOf(known.map((list) => list.map(({ column }) => column)))
  return { ...rows, amounts: Float64Array.from(known.flat(), ({ amount }) => amount) }
}

/** Locks are ledgers of one; a group with a limit is one of that many. */
function ledgersOf(
  graph: Graph<TaskDefinition>,
  suitedTo: readonly (readonly number[])[],
): { readonly ledgers: Rows; readonly ledgerLimits: Float64Array } {
  const limits: number[] = []
  const handles = new Map<string, number>()
  for (const { id, concurrency } of graph.groups()) {
    if (concurrency === undefined) continue
    handles.set(`group ${id}`, limits.length)
    limits.push(concurrency)
  }
  const held = suitedTo.map((suited, node) => {
    const task = graph.taskAt(node)
    if (task === undefined || suited.length === 0) return []
    const found: number[] = []
    for (const group of task.groups ?? []) {
      const handle = handles.get(`group ${group}`)
      if (handle !== undefined) found.push(handle)
    }
    for (const lock of new Set(task.needs?.locks ?? [])) {
      const handle = handles.get(`lock ${lock}`) ?? limits.push(1) - 1
      handles.set(`lock ${lock}`, handle)
      found.push(handle)
    }
    return found
  })
  return { ledgers: rowsOf(held), ledgerLimits: Float64Array.from(limits) }
}

/** Edges that wait: optional ones only order. */
function edgesOf(graph: Graph<TaskDefinition>): { readonly followers: Rows; readonly leaders: Rows } {
  const { starts, packed } = graph.followers
  const followers: number[][] = Array.from({ length: graph.size }, () => [])
  const leaders: number[][] = Array.from({ length: graph.size }, () => [])
  for (let node = 0; node < graph.size; node++) {
    for (let place = starts[node] ?? 0; place < (starts[node + 1] ?? 0); place++) {
      const edge = packed[place] ?? 0
      if ((edge & 1) === 1) continue
      followers[node]?.push(edge >>> 1)
      leaders[edge >>> 1]?.push(node)
    }
  }
  return { followers: rowsOf(followers), leaders: rowsOf(leaders) }
}
