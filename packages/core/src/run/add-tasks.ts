// Tasks come into a run: chunks are gathered until the batch is whole, then tasks, groups and edges take their place in the
// tables, and last it is settled where each of them stands. Part of `evolve`: it decides nothing that was not decided before.
import { invariant } from '../errors/invariant.ts'
import { HARD, OPTIONAL } from '../graph/edge-kind.ts'
import { TASKS_A_BLOCK } from '../graph/hash-targets.ts'
import type { DependencyDefinition } from '../model/dependency.ts'
import type { TaskDefinition } from '../model/task.ts'
import type { TasksAddedEntry } from './entry.ts'
import { fits, type ResolvedEdges } from './resolved-edges.ts'
import type { RunState } from './run-state.ts'
import { makeReady, sealGroup, settleNewEdge, settleTasks } from './settle.ts'
import { taskStatus } from './task-status.ts'

const NONE = -1

/** Takes in a chunk; the tasks take part once no more chunks follow. */
export function addTasks(state: RunState, entry: TasksAddedEntry): void {
  const { pending } = state
  const isWhole = !entry.more && !state.isBatchOpen
  if (!isWhole) {
    for (const task of entry.tasks) pending.tasks.push(task)
    for (const group of entry.groups) pending.groups.push(group)
    Object.assign(pending.facts, entry.facts)
    if (entry.tasks.length > 0) pending.heads.add(entry.tasks[0]?.id)
    if (entry.more) return
  }
  const { tasks, groups } = isWhole ? entry : pending
  const facts = isWhole ? entry.facts : pending.facts
  for (const group of groups) state.tasks.addGroup(group)
  const first = state.tasks.size
  if (first > 0 && tasks.length > 0) state.additions.push({ first, atMs: state.atMs })
  // Nearly every task has one attempt and few have more: that much room is made at once instead of by growing.
  let edges = 0
  for (const { dependsOn } of tasks) edges += dependsOn?.length ?? 0
  state.tasks.reserve(tasks.length, edges)
  state.attempts.reserve(Math.ceil(tasks.length * 1.02))
  for (const task of tasks) addTask(state, task)
  if (facts !== undefined) {
    for (const id of Object.keys(facts)) {
      const handle = state.tasks.handle(id)
      const known = facts[id]
      if (handle !== undefined && known !== undefined) state.tasks.facts.set(handle, known)
    }
  }
  const late: number[] = []
  if (first === 0 && state.resolved !== undefined && fits(state.resolved, tasks))
    addResolved(state, state.resolved, late)
  else addEdges(state, first, late)
  state.resolved = undefined
  openTasks(state, first)
  for (const edge of late) settleNewEdge(state, edge)
  pending.tasks = []
  pending.groups = []
  pending.facts = {}
  pending.heads.clear()
  if (pending.isLast) closeSource(state)
  pending.isLast = false
}

/** No more tasks will come: every group is sealed. */
export function closeSource(state: RunState): void {
  state.sourceClosed = true
  for (let group = 0; group < state.tasks.groupCount; group++) sealGroup(state, group)
}

function addTask(state: RunState, definition: TaskDefinition): void {
  const { tasks } = state
  const task = tasks.add(definition)
  state.openTasks++
  const ledgers: number[] = []
  for (const id of definition.groups ?? []) {
    const group = tasks.addGroup({ id })
    tasks.addMember(task, group)
    const limit = tasks.groupLimit(group)
    if (limit !== undefined) ledgers.push(state.ledgers.open(`group ${id}`, limit))
  }
  for (const lock of definition.needs?.locks ?? []) ledgers.push(state.ledgers.open(`lock ${lock}`, 1))
  tasks.setTaskClass(task, state.classes.classOf(definition, ledgers).handle)
}

/** Adds the edges of the tasks from `first` on; those whose target may be judged already go to `late`. */
function addEdges(state: RunState, first: number, late: number[]): void {
  const { tasks } = state
  for (let block = first; block < tasks.size; block += TASKS_A_BLOCK) {
    const end = Math.min(block + TASKS_A_BLOCK, tasks.size)
    const targets = tasks.findTargets(block, end)
    let at = 0
    for (let task = block; task < end; task++) {
      for (const given of tasks.definition(task).dependsOn ?? []) {
        const edge = addEdge(state, task, given, targets[at++] ?? NONE)
        if (edge !== NONE) late.push(edge)
      }
    }
  }
}

/** Adds one edge, whose target may have been found; returns it where that may be judged already. */
function addEdge(state: RunState, task: number, given: string | DependencyDefinition, found: number): number {
  const { tasks } = state
  const on = typeof given === 'string' ? given : given.on
  const kind = typeof given === 'string' ? 'hard' : (given.kind ?? 'hard')
  if (kind === 'optional') return NONE
  const direct = found >= 0 ? found : tasks.handle(on)
  const group = direct === undefined ? tasks.groupHandle(on) : undefined
  const target = direct ?? (group === undefined ? undefined : -group - 1)
  invariant(target !== undefined, 'a dependency that was validated has a target')
  const edge = tasks.addEdge(task, target, kind)
  const timeLimitMs = typeof given === 'string' ? undefined : given.timeLimitMs
  if (timeLimitMs !== undefined) state.due.push({ atMs: state.atMs + timeLimitMs, kind: 'edge', about: edge })
  return group !== undefined || tasks.verdictKind(target) !== undefined ? edge : NONE
}

/** Adds the edges of a graph that was built from the very same tasks, without looking up a single id. */
function addResolved(state: RunState, { edges, isGroup, id }: ResolvedEdges, late: number[]): void {
  const { tasks } = state
  const { starts, to, kind, timeLimits } = edges
  for (let task = 0; task < tasks.size; task++) {
    const end = starts[task + 1] ?? 0
    for (let at = starts[task] ?? 0; at < end; at++) {
      if (kind[at] === OPTIONAL) continue
      const handle = to[at] ?? 0
      const group = handle >= tasks.size && isGroup(handle) ? tasks.groupHandle(id(handle)) : undefined
      const edge = tasks.addEdge(task, group === undefined ? handle : -group - 1, kind[at] === HARD ? 'hard' : 'soft')
      const timeLimitMs = timeLimits.size > 0 ? timeLimits.get(at) : undefined
      if (timeLimitMs !== undefined) state.due.push({ atMs: state.atMs + timeLimitMs, kind: 'edge', about: edge })
      if (group !== undefined || tasks.verdictKind(handle) !== undefined) late.push(edge)
    }
  }
}

/**
 * Decides, once all edges of the batch are there, where the new tasks stand. Those that are over before they begin come
 * first, all of them before any affects another: else one that waits softly for another would be let go and run.
 */
function openTasks(state: RunState, first: number): void {
  const { tasks, stoppedBy } = state
  const over: number[] = []
  for (let task = first; task < tasks.size; task++) {
    if (stoppedBy !== undefined || tasks.definition(task).skip !== undefined) over.push(task)
  }
  settleTasks(state, over, (task) => {
    const { skip } = tasks.definition(task)
    return skip === undefined ? { kind: 'cancelled', by: stoppedBy ?? '' } : { kind: 'skipped', because: skip }
  })
  for (let task = first; task < tasks.size; task++) {
    if (tasks.status(task) === taskStatus.waiting && tasks.waiting(task) === 0) makeReady(state, task)
  }
}
