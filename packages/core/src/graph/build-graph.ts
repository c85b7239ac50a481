// From definitions to a graph, or to everything that is wrong with them. Extending is the same reading on top of what is
// there, so that a graph built bit by bit and one built at once cannot differ.
import { MusterError } from '../errors/muster-error.ts'
import type { GroupDefinition } from '../model/task.ts'
import { formatProblems } from './format-problems.ts'
import { Graph, type GraphParts } from './graph.ts'
import type { GraphProblem, GraphWarning } from './graph-problem.ts'
import { startReading, type GraphReading } from './graph-reading.ts'
import { emptyExtent, GraphTables } from './graph-tables.ts'
import type { GraphTask } from './graph-task.ts'
import { orderRegion } from './order-region.ts'
import { readEdges } from './read-edges.ts'
import { readGroups, readMembers } from './read-groups.ts'
import { readTasks } from './read-tasks.ts'

/** What a graph is built with besides its tasks. */
export interface GraphOptions {
  /** Groups to declare; those that tasks name need not be. @defaultValue none */
  readonly groups?: readonly GroupDefinition[] | undefined
  /** Whether tasks will be added later, so that a group without members may be waited for. @defaultValue `false` */
  readonly isOpen?: boolean | undefined
}

/** A graph with what is odd about it, or every problem there is. */
export type GraphResult<Task extends GraphTask = GraphTask> =
  | { readonly kind: 'valid'; readonly graph: Graph<Task>; readonly warnings: readonly GraphWarning[] }
  | { readonly kind: 'invalid'; readonly problems: readonly GraphProblem[] }

/**
 * Builds the graph of tasks and groups; linear in tasks and edges.
 *
 * Hard and soft edges and memberships wait, so a cycle of them is a problem; an optional edge that would close a cycle is
 * left out of the order and told as a warning. The tasks are kept, not copied: leave them as they are.
 *
 * @example
 * ```ts
 * const result = buildGraph([
 *   { id: 'build' },
 *   { id: 'unit', dependsOn: ['build'], groups: ['tests'] },
 *   { id: 'publish', dependsOn: ['tests', { on: 'docs', kind: 'soft' }] },
 *   { id: 'docs' },
 * ])
 * if (result.kind === 'valid') result.graph.order() // => ['build', 'unit', 'tests', 'docs', 'publish']
 * else formatProblems(result.problems)
 * ```
 */
export function buildGraph<Task extends GraphTask>(
  tasks: readonly Task[],
  options: GraphOptions = {},
): GraphResult<Task> {
  const tables = new GraphTables<Task>(tasks.length, 0)
  return readGraph({ tables, extent: emptyExtent, leftOut: new Set(), isOpen: options.isOpen ?? false }, tasks, options)
}

/**
 * The graph with more tasks and groups, for tasks that are added while a run goes on. The given graph stays as it was.
 *
 * Old tasks get no new edges, but new tasks may join old groups. A task or group that is there already with the same
 * definition is no change; with another one it is a problem.
 *
 * Costs what the additions cost; all of the graph is looked at again only where a task joins a group that something
 * waits for, where one graph is extended a second time, or after a refusal.
 *
 * @example
 * ```ts
 * const more = extendGraph(graph, [{ id: 'smoke', dependsOn: ['build'] }])
 * ```
 */
export function extendGraph<Task extends GraphTask>(
  graph: Graph<Task>,
  tasks: readonly Task[],
  options: GraphOptions = {},
): GraphResult<Task> {
  const parts = Graph.partsOf(graph)
  const isNewest = parts.tables.extent === parts.extent
  const tables = isNewest ? parts.tables : parts.tables.copy(parts.extent)
  return readGraph({ ...parts, tables, isOpen: options.isOpen ?? parts.isOpen }, tasks, options)
}

/** The graph of a result; throws `GRAPH_INVALID` with every problem, and with a remedy of its own, where there is none. */
export function requireGraph<Task extends GraphTask>(result: GraphResult<Task>, remedy?: string): Graph<Task> {
  if (result.kind === 'valid') return result.graph
  const { problems } = result
  throw new MusterError('GRAPH_INVALID', {
    expected: 'tasks and groups that make a graph',
    got: `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}:\n${formatProblems(problems)}\n`,
    remedy,
  })
}

function readGraph<Task extends GraphTask>(
  before: GraphParts<Task>,
  tasks: readonly Task[],
  { groups = [] }: GraphOptions,
): GraphResult<Task> {
  const { tables } = before
  const reading = startReading(tables)
  readTasks(reading, tasks)
  readGroups(reading, groups)
  readMembers(reading)
  tables.trim()
  readEdges(reading)
  if (!before.isOpen) findEmptyGroups(reading)

  const ordered = orderRegion({ tables, extent: tables.extent, from: needsAll(reading) ? emptyExtent : before.extent })
  if (ordered.kind === 'tangled') for (const problem of ordered.problems) reading.problems.push(problem)
  if (ordered.kind === 'tangled' || reading.problems.length > 0) {
    if (before.extent !== emptyExtent) tables.truncate(before.extent)
    return { kind: 'invalid', problems: reading.problems }
  }
  const { extent } = tables
  const isWhole = ordered.followers.first === 0
  const leftOut = isWhole || before.leftOut.size === 0 ? ordered.leftOut : union(before.leftOut, ordered.leftOut)
  const derived = isWhole ? { followers: ordered.followers, order: ordered.order } : {}
  const graph = new Graph({ tables, extent, leftOut, isOpen: before.isOpen, ...derived })
  return { kind: 'valid', graph, warnings: ordered.warnings }
}

/** Whether what was added may close a cycle with what was there: only through a group that is waited for. */
function needsAll<Task extends GraphTask>({ tables, joinedGroups }: GraphReading<Task>): boolean {
  for (const group of joinedGroups) if (tables.targetGroups.has(group)) return true
  return false
}

function findEmptyGroups<Task extends GraphTask>({ tables, problems }: GraphReading<Task>): void {
  const { index, starts, to, extent } = tables
  const empty = [...tables.targetGroups].filter((group) => !tables.filledGroups.has(group)).sort((a, b) => a - b)
  if (empty.length === 0) return
  const dependents = new Map(empty.map((group): [number, string[]] => [group, []]))
  for (let node = 0; node < extent.nodes; node++)
    for (let edge = starts[node] ?? 0; edge < (starts[node + 1] ?? 0); edge++)
      dependents.get(to[edge] ?? 0)?.push(index.ids[node] ?? '')
  for (const [group, ids] of dependents)
    problems.push({ kind: 'group-empty', group: index.ids[group] ?? '', dependents: ids })
}

function union(a: ReadonlySet<number>, b: ReadonlySet<number>): ReadonlySet<number> {
  return new Set([...a, ...b])
}
