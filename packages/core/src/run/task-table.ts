// Tasks, groups and the edges between them as the kernel walks them: handles are positions in the order of definition,
// edges hang on their target as linked rows, so that adding tasks to a running run costs what the addition costs.
import { invariant } from '../errors/invariant.ts'
import type { DependencyDefinition, DependencyKind } from '../model/dependency.ts'
import type { TaskFacts } from '../model/facts.ts'
import type { GroupDefinition, TaskDefinition } from '../model/task.ts'
import type { VerdictKind } from '../model/verdict.ts'
import { hashTargets } from '../graph/hash-targets.ts'
import { IdIndex } from '../graph/id-index.ts'
import { IntRows } from './int-rows.ts'
import { type TaskStatus, taskStatus } from './task-status.ts'

const NONE = -1

const STATUS = 0
const WAITING = 1
const FIRST_EDGE = 2
const FIRST_MEMBERSHIP = 3
const LAST_ATTEMPT = 4
const N = 5
const CHARGED = 6
const CLASS = 7
const TASK_FIELDS = 8

const EDGE_TASK = 0
const EDGE_NEXT = 1
const EDGE_TARGET = 2
const EDGE_STATE = 3
const EDGE_FIELDS = 4

const MEMBER_GROUP = 0
const MEMBER_NEXT = 1
const MEMBER_FIELDS = 2

const GROUP_FIRST_EDGE = 0
const GROUP_OPEN = 1
const GROUP_SIZE = 2
const GROUP_SEALED = 3
const GROUP_FIELDS = 4

const HARD = 0
const SOFT = 1
const SETTLED = 2

/** A target of an edge: a task by its handle, a group by minus its handle minus one. */
export type EdgeTarget = number

/** Tasks, groups and edges of a run. */
export class TaskTable {
  readonly definitions: TaskDefinition[] = []
  readonly groupIds: string[] = []
  readonly #groupLimits: (number | undefined)[] = []
  /** Facts by handle; sparse. */
  readonly facts: Map<number, TaskFacts> = new Map()
  readonly #rows = new IntRows(TASK_FIELDS)
  readonly #edges = new IntRows(EDGE_FIELDS)
  readonly #memberships = new IntRows(MEMBER_FIELDS)
  readonly #groups = new IntRows(GROUP_FIELDS)
  // Filled when an id is first asked for: a run whose edges came resolved may never ask.
  readonly #index = new IdIndex(64)
  readonly #groupHandles = new Map<string, number>()
  readonly #verdictKinds: (VerdictKind | undefined)[] = []
  /** Members of each group that did not pass and the effect that has, first come; sparse. */
  readonly groupSpoilers: Map<number, { readonly by: string; readonly effect: 'block' | 'skip' }> = new Map()

  get size(): number {
    return this.definitions.length
  }

  get groupCount(): number {
    return this.groupIds.length
  }

  handle(id: string): number | undefined {
    const handle = this.#filledIndex().find(id)
    return handle < 0 ? undefined : handle
  }

  /**
   * What the tasks from `from` up to `to` depend on, entry after entry: the handle of the task that an entry names, or -1
   * where none was found at once, as for a group.
   */
  findTargets(from: number, to: number): Int32Array {
    const index = this.#filledIndex()
    let entries = 0
    for (let task = from; task < to; task++) entries += this.definition(task).dependsOn?.length ?? 0
    const found = new Int32Array(entries)
    let end = 0
    for (let task = from; task < to; task++) end = hashTargets(this.definition(task).dependsOn, found, end)
    index.findCandidates(found, 0, end)
    let at = 0
    for (let task = from; task < to; task++) {
      for (const given of this.definition(task).dependsOn ?? []) {
        const on = typeof given === 'string' ? given : given.on
        if (index.ids[found[at] ?? NONE] !== on) found[at] = NONE
        at++
      }
    }
    return found
  }

  #filledIndex(): IdIndex {
    const index = this.#index
    const missing = this.definitions.length - index.size
    if (missing > 0) index.reserve(missing)
    for (let next = index.size; next < this.definitions.length; next++) {
      invariant(index.add(this.id(next)) === next, 'ids of tasks are unique')
    }
    return index
  }

  groupHandle(id: string): number | undefined {
    return this.#groupHandles.get(id)
  }

  definition(task: number): TaskDefinition {
    const definition = this.definitions[task]
    invariant(definition, 'a task handle names a task')
    return definition
  }

  id(task: number): string {
    return this.definition(task).id
  }

  groupId(group: number): string {
    const id = this.groupIds[group]
    invariant(id !== undefined, 'a group handle names a group')
    return id
  }

  groupLimit(group: number): number | undefined {
    return this.#groupLimits[group]
  }

  /** Makes room for what a batch brings. */
  reserve(tasks: number, edges: number): void {
    this.#rows.reserve(tasks)
    this.#edges.reserve(edges)
  }

  /** Adds a task without its edges, which may point at tasks that come after it. */
  add(definition: TaskDefinition): number {
    const task = this.#rows.grow(1)
    this.definitions.push(definition)
    this.#verdictKinds.push(undefined)
    this.#rows.set(task, FIRST_EDGE, NONE)
    this.#rows.set(task, FIRST_MEMBERSHIP, NONE)
    this.#rows.set(task, LAST_ATTEMPT, NONE)
    return task
  }

  addGroup(definition: GroupDefinition): number {
    const known = this.#groupHandles.get(definition.id)
    if (known !== undefined) return known
    const group = this.#groups.grow(1)
    this.groupIds.push(definition.id)
    this.#groupLimits.push(definition.concurrency)
    this.#groupHandles.set(definition.id, group)
    this.#groups.set(group, GROUP_FIRST_EDGE, NONE)
    return group
  }

  addMember(task: number, group: number): void {
    const row = this.#memberships.grow(1)
    this.#memberships.set(row, MEMBER_GROUP, group)
    this.#memberships.set(row, MEMBER_NEXT, this.#rows.get(task, FIRST_MEMBERSHIP))
    this.#rows.set(task, FIRST_MEMBERSHIP, row)
    this.#groups.add(group, GROUP_OPEN, 1)
    this.#groups.add(group, GROUP_SIZE, 1)
  }

  /** Adds an edge that waits; optional ones wait for nothing and are not added. Returns its handle. */
  addEdge(task: number, target: EdgeTarget, kind: Exclude<DependencyKind, 'optional'>): number {
    const edge = this.#edges.grow(1)
    const isGroup = target < 0
    const owner = isGroup ? this.#groups : this.#rows
    const field = isGroup ? GROUP_FIRST_EDGE : FIRST_EDGE
    const row = isGroup ? -target - 1 : target
    this.#edges.set(edge, EDGE_TASK, task)
    this.#edges.set(edge, EDGE_NEXT, owner.get(row, field))
    this.#edges.set(edge, EDGE_TARGET, target)
    this.#edges.set(edge, EDGE_STATE, kind === 'hard' ? HARD : SOFT)
    owner.set(row, field, edge)
    this.#rows.add(task, WAITING, 1)
    return edge
  }

  get edgeCount(): number {
    return this.#edges.length
  }

  firstEdge(task: number): number {
    return this.#rows.get(task, FIRST_EDGE)
  }

  firstGroupEdge(group: number): number {
    return this.#groups.get(group, GROUP_FIRST_EDGE)
  }

  nextEdge(edge: number): number {
    return this.#edges.get(edge, EDGE_NEXT)
  }

  edgeTask(edge: number): number {
    return this.#edges.get(edge, EDGE_TASK)
  }

  edgeTarget(edge: number): EdgeTarget {
    return this.#edges.get(edge, EDGE_TARGET)
  }

  edgeKind(edge: number): 'hard' | 'soft' | 'settled' {
    const state = this.#edges.get(edge, EDGE_STATE)
    return state === HARD ? 'hard' : state === SOFT ? 'soft' : 'settled'
  }

  /** The edge lets go; says how many its task still waits for. */
  settleEdge(edge: number): number {
    this.#edges.set(edge, EDGE_STATE, SETTLED)
    return this.#rows.add(this.edgeTask(edge), WAITING, -1)
  }

  firstMembership(task: number): number {
    return this.#rows.get(task, FIRST_MEMBERSHIP)
  }

  nextMembership(membership: number): number {
    return this.#memberships.get(membership, MEMBER_NEXT)
  }

  membershipGroup(membership: number): number {
    return this.#memberships.get(membership, MEMBER_GROUP)
  }

  groupSize(group: number): number {
    return this.#groups.get(group, GROUP_SIZE)
  }

  /** A member is judged; says how many are still open. */
  closeMember(group: number): number {
    return this.#groups.add(group, GROUP_OPEN, -1)
  }

  groupOpen(group: number): number {
    return this.#groups.get(group, GROUP_OPEN)
  }

  isSealed(group: number): boolean {
    return this.#groups.get(group, GROUP_SEALED) === 1
  }

  seal(group: number): void {
    this.#groups.set(group, GROUP_SEALED, 1)
  }

  status(task: number): TaskStatus {
    switch (this.#rows.get(task, STATUS)) {
      case 1:
        return taskStatus.ready
      case 2:
        return taskStatus.running
      case 3:
        return taskStatus.backingOff
      case 4:
        return taskStatus.deciding
      case 5:
        return taskStatus.judged
    }
    return taskStatus.waiting
  }

  setStatus(task: number, status: TaskStatus): void {
    this.#rows.set(task, STATUS, status)
  }

  waiting(task: number): number {
    return this.#rows.get(task, WAITING)
  }

  /** Row of the task's newest attempt, or -1. */
  lastAttempt(task: number): number {
    return this.#rows.get(task, LAST_ATTEMPT)
  }

  /** Notes a launch and says its number. */
  countAttempt(task: number, row: number): number {
    this.#rows.set(task, LAST_ATTEMPT, row)
    return this.#rows.add(task, N, 1)
  }

  /** Number of the newest attempt; 0 before the first. */
  n(task: number): number {
    return this.#rows.get(task, N)
  }

  charge(task: number): number {
    return this.#rows.add(task, CHARGED, 1)
  }

  charged(task: number): number {
    return this.#rows.get(task, CHARGED)
  }

  taskClass(task: number): number {
    return this.#rows.get(task, CLASS)
  }

  setTaskClass(task: number, taskClass: number): void {
    this.#rows.set(task, CLASS, taskClass)
  }

  verdictKind(task: number): VerdictKind | undefined {
    return this.#verdictKinds[task]
  }

  setVerdictKind(task: number, kind: VerdictKind): void {
    this.#verdictKinds[task] = kind
  }
}

/** A dependency as its full form. */
export function asDependency(given: string | DependencyDefinition): DependencyDefinition {
  return typeof given === 'string' ? { on: given } : given
}
