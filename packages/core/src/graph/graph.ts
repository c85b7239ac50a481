// The graph itself: ids outside, handles inside, and never changed once it is built. What is derived from it (order,
// followers) is made when first asked for; everything larger is a function of its own beside it.
import { MusterError } from '../errors/muster-error.ts'
import type { DependencyDefinition } from '../model/dependency.ts'
import type { GroupDefinition } from '../model/task.ts'
import { edgeKindName } from './edge-kind.ts'
import { followersOf, incomingOf, type Followers, type FollowersRequest } from './followers.ts'
import type { GraphEdges } from './graph-edges.ts'
import { emptyExtent, type Extent, type GraphTables } from './graph-tables.ts'
import type { GraphTask } from './graph-task.ts'
import { levelsOf } from './levels.ts'
import { nearestName } from './nearest-name.ts'
import type { ReadonlyInts } from './readonly-ints.ts'
import { topologicalOrder } from './topological-order.ts'

/** What a graph is made of; only building and extending know it. */
export interface GraphParts<Task extends GraphTask> {
  readonly tables: GraphTables<Task>
  readonly extent: Extent
  readonly leftOut: ReadonlySet<number>
  /** Whether groups may still be filled. */
  readonly isOpen: boolean
  readonly followers?: Followers | undefined
  readonly order?: Int32Array | undefined
}

/**
 * Tasks, groups and who waits for whom. Made by {@link buildGraph} and {@link extendGraph}, never changed.
 *
 * Nodes are tasks and groups. A handle is a small whole number that stands for a node: in a graph built in one go tasks
 * have the handles 0, 1, 2 in the order of their definition and groups follow. A handle never changes when the graph is
 * extended.
 *
 * @example
 * ```ts
 * const graph = requireGraph(buildGraph([{ id: 'test', dependsOn: ['build'] }, { id: 'build' }]))
 * graph.order() // => ['build', 'test']
 * graph.dependents('build') // => ['test']
 * ```
 */
export class Graph<Task extends GraphTask = GraphTask> {
  readonly #parts: GraphParts<Task>
  #followers: Followers | undefined
  #order: Int32Array | undefined
  #ids: readonly string[] | undefined
  #edges: GraphEdges | undefined
  #members: ReadonlyMap<number, readonly number[]> | undefined

  /** @internal */
  constructor(parts: GraphParts<Task>) {
    this.#parts = parts
    this.#followers = parts.followers
    this.#order = parts.order
  }

  /** @internal */
  static partsOf<Task extends GraphTask>(graph: Graph<Task>): GraphParts<Task> {
    return graph.#parts
  }

  /** Tasks and groups together. */
  get size(): number {
    return this.#parts.extent.nodes
  }

  /** Tasks alone. */
  get taskCount(): number {
    return this.#parts.extent.nodes - this.#parts.extent.groups
  }

  /** Groups alone, those included that only tasks name. */
  get groupCount(): number {
    return this.#parts.extent.groups
  }

  /** Dependencies as written, those on groups once; memberships are not counted. */
  get edgeCount(): number {
    return this.#parts.extent.edges
  }

  /** Whether a task or group has this id. */
  has(id: string): boolean {
    return this.#find(id) >= 0
  }

  /** The handle of a task or group; throws `TASK_UNKNOWN`, with the nearest id, where there is none. */
  handle(id: string): number {
    const handle = this.#find(id)
    if (handle >= 0) return handle
    const nearest = nearestName(id, this.#parts.tables.index.ids.slice(0, this.size))
    throw new MusterError('TASK_UNKNOWN', {
      expected: 'the id of a task or group of the graph',
      got: JSON.stringify(id),
      remedy: nearest === undefined ? undefined : `Did you mean ${JSON.stringify(nearest)}?`,
    })
  }

  /** The id behind a handle. */
  id(handle: number): string {
    const id = handle < this.size ? this.#parts.tables.index.ids[handle] : undefined
    if (id !== undefined) return id
    throw new MusterError('TASK_UNKNOWN', {
      expected: `a handle of the graph, a whole number from 0 to ${this.size - 1}`,
      got: String(handle),
    })
  }

  /** Whether an id is that of a task or of a group; throws `TASK_UNKNOWN` where it is neither. */
  kind(id: string): 'task' | 'group' {
    return this.isGroup(this.handle(id)) ? 'group' : 'task'
  }

  /** Whether a handle stands for a group. */
  isGroup(handle: number): boolean {
    return this.#parts.extent.groups > 0 && this.#parts.tables.groups.has(handle)
  }

  /** The task as it was given; undefined for a group. */
  task(id: string): Task | undefined {
    return this.#parts.tables.tasks[this.handle(id)]
  }

  /** The task behind a handle; undefined for a group. */
  taskAt(handle: number): Task | undefined {
    return handle < this.size ? this.#parts.tables.tasks[handle] : undefined
  }

  /** Every task as it was given, in the order of definition. */
  *tasks(): IterableIterator<Task> {
    for (let handle = 0; handle < this.size; handle++) {
      const task = this.#parts.tables.tasks[handle]
      if (task !== undefined) yield task
    }
  }

  /** Every group, those included that only tasks name, in the order in which they came into being. */
  *groups(): IterableIterator<GroupDefinition> {
    for (const [handle, group] of this.#parts.tables.groups) if (handle < this.size) yield group
  }

  /** Ids of what a task depends on, in the order of its `dependsOn`; for a group, its members. */
  dependencies(id: string): readonly string[] {
    const handle = this.handle(id)
    if (this.isGroup(handle)) return this.members(id)
    return this.dependencyEdges(id).map(({ on }) => on)
  }

  /** What a task depends on, each with its kind and its time limit; nothing for a group. */
  dependencyEdges(id: string): readonly DependencyDefinition[] {
    const { starts, to, kind, timeLimits } = this.edges
    const handle = this.handle(id)
    const edges: DependencyDefinition[] = []
    for (let edge = starts[handle] ?? 0; edge < (starts[handle + 1] ?? 0); edge++) {
      const timeLimitMs = timeLimits.get(edge)
      const limit = timeLimitMs === undefined ? {} : { timeLimitMs }
      edges.push({ on: this.id(to[edge] ?? 0), kind: edgeKindName(kind[edge]), ...limit })
    }
    return edges
  }

  /** Ids of the tasks that depend on a task or group, in the order of definition. A group it is in is not among them. */
  dependents(id: string): readonly string[] {
    const handle = this.handle(id)
    const { starts, packed } = this.followers
    const found = new Set<number>()
    for (let at = starts[handle] ?? 0; at < (starts[handle + 1] ?? 0); at++) {
      const follower = (packed[at] ?? 0) >>> 1
      if (!this.isGroup(follower)) found.add(follower)
    }
    if (this.edges.leftOut.size > 0)
      for (const edge of this.edges.leftOut) if (this.edges.to[edge] === handle) found.add(this.edges.from[edge] ?? 0)
    return [...found].sort((a, b) => a - b).map((follower) => this.id(follower))
  }

  /** Ids of the tasks in a group, in the order of definition; nothing for a task. */
  members(id: string): readonly string[] {
    return this.memberHandles(this.handle(id)).map((member) => this.id(member))
  }

  /** The same as handles. */
  memberHandles(group: number): readonly number[] {
    this.#members ??= membersOf(this.#parts)
    return this.#members.get(group) ?? []
  }

  /**
   * Ids of all tasks and groups, each after everything it comes after: of all tasks that could come next, the one defined
   * first. A group comes right after the last of its members. Optional edges order like any other.
   */
  order(): readonly string[] {
    this.#ids ??= idsOf(this.#parts.tables.index.ids, this.orderedHandles)
    return this.#ids
  }

  /** The same order without groups. */
  taskOrder(): readonly string[] {
    if (this.groupCount === 0) return this.order()
    const ids: string[] = []
    for (const handle of this.orderedHandles) if (!this.isGroup(handle)) ids.push(this.id(handle))
    return ids
  }

  /** The same order as handles. */
  get orderedHandles(): ReadonlyInts {
    this.#order ??= topologicalOrder(this.followers, incomingOf(this.#request))
    return this.#order
  }

  /**
   * Tasks by how many must come before them: the first level waits for nothing, each other for something of the level
   * before. Groups take no time and so have no level; optional edges do not count. Within a level, by definition.
   */
  levels(): readonly (readonly string[])[] {
    return levelsOf(this)
  }

  /** All dependencies in columns, without an object for each: what a kernel reads. */
  get edges(): GraphEdges {
    this.#edges ??= edgesOf(this.#parts)
    return this.#edges
  }

  /** Who comes after whom, groups included, in one flat list: what every walk reads. */
  get followers(): Followers {
    this.#followers ??= followersOf(this.#request)
    return this.#followers
  }

  get #request(): FollowersRequest<Task> {
    const { tables, extent, leftOut } = this.#parts
    return { tables, extent, from: emptyExtent, leftOut }
  }

  #find(id: string): number {
    const handle = this.#parts.tables.index.find(id)
    return handle < this.size ? handle : -1
  }
}

function idsOf(all: readonly string[], handles: ReadonlyInts): readonly string[] {
  const ids = new Array<string>(handles.length)
  for (let at = 0; at < handles.length; at++) ids[at] = all[handles[at] ?? 0] ?? ''
  return ids
}

function edgesOf<Task extends GraphTask>({ tables, extent, leftOut }: GraphParts<Task>): GraphEdges {
  let from: Int32Array | undefined
  return {
    count: extent.edges,
    get from() {
      from ??= sourcesOf(tables.starts, extent)
      return from
    },
    to: tables.to.subarray(0, extent.edges),
    kind: kindsOf(tables.kind, extent),
    starts: tables.starts.subarray(0, extent.nodes + 1),
    // Graphs that were extended from this one have limits of their own in the same table.
    timeLimits: new Map([...tables.timeLimits].filter(([edge]) => edge < extent.edges)),
    leftOut,
  }
}

function kindsOf(kind: Uint8Array, extent: Extent): Uint8Array {
  if (kind.length >= extent.edges) return kind.subarray(0, extent.edges)
  const kinds = new Uint8Array(extent.edges)
  kinds.set(kind)
  return kinds
}

function membersOf<Task extends GraphTask>({
  tables,
  extent,
}: GraphParts<Task>): ReadonlyMap<number, readonly number[]> {
  const members = new Map<number, number[]>()
  for (let member = 0; member < extent.members; member++) {
    const group = tables.memberGroup[member] ?? 0
    const task = tables.memberTask[member] ?? 0
    const known = members.get(group)
    if (known === undefined) members.set(group, [task])
    else known.push(task)
  }
  return members
}

function sourcesOf(starts: ReadonlyInts, extent: Extent): Int32Array {
  const sources = new Int32Array(extent.edges)
  for (let node = 0; node < extent.nodes; node++) sources.fill(node, starts[node], starts[node + 1])
  return sources
}
