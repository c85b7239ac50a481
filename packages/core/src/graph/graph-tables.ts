// Where the nodes and edges of a graph lie: flat arrays that only ever grow at their end. Graphs that were extended from
// one another share them, each knowing how much of them is its own, so that an extension costs what it adds.
import type { GroupDefinition } from '../model/task.ts'
import { HARD } from './edge-kind.ts'
import type { GraphTask } from './graph-task.ts'
import { IdIndex } from './id-index.ts'

/** How much of the tables belongs to one graph. */
export interface Extent {
  readonly nodes: number
  readonly groups: number
  readonly edges: number
  readonly members: number
}

/** Of nothing. */
export const emptyExtent: Extent = { nodes: 0, groups: 0, edges: 0, members: 0 }

/** Nodes by handle, edges by the task that has them, members of groups. Changed by building and extending alone. */
export class GraphTables<Task extends GraphTask> {
  readonly index: IdIndex
  /** By handle; undefined for a group. */
  readonly tasks: (Task | undefined)[]
  /** By handle; every group is here. */
  readonly groups: Map<number, GroupDefinition> = new Map()
  /** Where the edges of each node begin; those of the last end where the next would begin. */
  starts: Int32Array
  /** Target of each edge. */
  to: Int32Array
  /** Kind of each edge; those past its end are hard, so that a graph of hard edges needs no room for it. */
  kind: Uint8Array
  /** Time limits in milliseconds by edge; sparse. */
  readonly timeLimits: Map<number, number> = new Map()
  /** Who is a member of which group, in pairs, by task. */
  memberTask: Int32Array
  memberGroup: Int32Array
  /** Groups that some edge points to, and groups that have a member. */
  readonly targetGroups: Set<number> = new Set()
  readonly filledGroups: Set<number> = new Set()
  extent: Extent = emptyExtent

  constructor(nodes: number, edges: number) {
    this.index = new IdIndex(nodes)
    this.tasks = new Array<Task | undefined>(nodes)
    this.starts = new Int32Array(nodes + 1)
    this.to = new Int32Array(edges)
    this.kind = new Uint8Array(0)
    this.memberTask = new Int32Array(0)
    this.memberGroup = new Int32Array(0)
  }

  get edgeCount(): number {
    return this.extent.edges
  }

  /** Gives back room that was kept for tasks that did not come. */
  trim(): void {
    this.index.trim()
    this.tasks.length = this.index.size
  }

  /** Makes room for more, at least as much again once there is something, so that growing by bits stays linear. */
  reserve(more: { readonly nodes?: number; readonly edges?: number; readonly members?: number }): void {
    const { nodes, edges, members } = this.extent
    this.starts = withRoom(this.starts, nodes + (more.nodes ?? 0) + 1)
    this.to = withRoom(this.to, edges + (more.edges ?? 0))
    this.memberTask = withRoom(this.memberTask, members + (more.members ?? 0))
    this.memberGroup = withRoom(this.memberGroup, members + (more.members ?? 0))
  }

  /** Takes back everything past an extent, after an extension that was refused. */
  truncate(extent: Extent): void {
    if (this.index.size > extent.nodes) this.index.truncate(extent.nodes)
    this.tasks.length = extent.nodes
    for (const handle of this.groups.keys()) if (handle >= extent.nodes) this.groups.delete(handle)
    for (const edge of this.timeLimits.keys()) if (edge >= extent.edges) this.timeLimits.delete(edge)
    this.kind.fill(0, extent.edges)
    this.targetGroups.clear()
    this.filledGroups.clear()
    for (let edge = 0; edge < extent.edges; edge++) this.noteTarget(this.to[edge] ?? 0)
    for (let member = 0; member < extent.members; member++) this.filledGroups.add(this.memberGroup[member] ?? 0)
    this.extent = extent
  }

  setKind(edge: number, kind: number): void {
    if (edge >= this.kind.length) {
      if (kind === HARD) return
      const larger = new Uint8Array(this.to.length)
      larger.set(this.kind)
      this.kind = larger
    }
    this.kind[edge] = kind
  }

  /** Remembers a group that is waited for, so that an empty one can be told. */
  noteTarget(target: number): void {
    if (this.groups.size > 0 && this.tasks[target] === undefined) this.targetGroups.add(target)
  }

  /** Tables of their own for a graph that was extended before in another way. */
  copy(extent: Extent): GraphTables<Task> {
    const copy = new GraphTables<Task>(extent.nodes, extent.edges)
    for (const id of this.index.ids.slice(0, extent.nodes)) copy.index.add(id)
    for (let handle = 0; handle < extent.nodes; handle++) copy.tasks[handle] = this.tasks[handle]
    for (const [handle, group] of this.groups) copy.groups.set(handle, group)
    for (const [edge, limit] of this.timeLimits) copy.timeLimits.set(edge, limit)
    copy.starts = this.starts.slice(0, extent.nodes + 1)
    copy.to = this.to.slice(0, extent.edges)
    copy.kind = this.kind.slice(0, extent.edges)
    copy.memberTask = this.memberTask.slice(0, extent.members)
    copy.memberGroup = this.memberGroup.slice(0, extent.members)
    copy.truncate(extent)
    return copy
  }
}

function withRoom(array: Int32Array, length: number): Int32Array {
  if (array.length >= length) return array
  const larger = new Int32Array(array.length === 0 ? length : Math.max(length, 2 * array.length))
  larger.set(array)
  return larger
}
