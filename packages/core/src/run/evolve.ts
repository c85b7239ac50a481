// The one place where a run's state changes. Asks nobody, decides nothing and never throws for what came from outside:
// whatever was worth judging was judged before it became an entry.
import { invariant } from '../errors/invariant.ts'
import type { DependencyDefinition } from '../model/dependency.ts'
import type { TaskDefinition } from '../model/task.ts'
import { HARD, OPTIONAL } from '../graph/edge-kind.ts'
import { TASKS_A_BLOCK } from '../graph/hash-targets.ts'
import { expiryEffect } from './edge-table.ts'
import type { Ended, Entry, Lost, TasksAddedEntry } from './entry.ts'
import { fits, type ResolvedEdges } from './resolved-edges.ts'
import type { RunState } from './run-state.ts'
import { makeReady, sealGroup, settleEdge, settleNewEdge, settleTask, settleTasks } from './settle.ts'
import type { CancelScope } from './signal.ts'
import { taskStatus } from './task-status.ts'

const NONE = -1

/** Applies one entry to the state. `state.atMs` must hold the time of its commit. */
export function evolve(state: RunState, entry: Entry): void {
  switch (entry.kind) {
    case 'run-begun':
      state.run = entry.run
      state.name = entry.name
      state.seed = entry.seed
      state.options = entry.options
      if (entry.options.deadlineMs !== null) {
        state.due.push({ atMs: entry.options.deadlineMs, kind: 'run-deadline', about: 0 })
      }
      return
    case 'run-opened':
      state.epoch = entry.epoch
      // A drain holds until here, a pause until it is undone.
      if (state.phase !== 'paused') state.phase = 'running'
      state.ending = undefined
      state.workers.forgetAll()
      if (entry.downMs !== undefined) shortenWaits(state, entry.downMs)
      return
    case 'tasks-added':
      evolveTasks(state, entry)
      return
    case 'source-closed':
      if (state.isBatchOpen) state.pending.isLast = true
      else closeSource(state)
      return
    case 'group-sealed': {
      const group = state.tasks.groupHandle(entry.group)
      if (group !== undefined) sealGroup(state, group)
      return
    }
    case 'worker-joined':
      state.workers.join(entry.worker, entry.definition, entry.incarnation)
      return
    case 'worker-draining':
      state.workers.leave(entry.worker, 'draining', entry.incarnation)
      return
    case 'worker-left':
      state.workers.leave(entry.worker, 'left', entry.incarnation)
      return
    case 'launched':
      evolveLaunch(state, entry.task, entry.n, entry.worker)
      return
    case 'started': {
      const open = state.openAttempt(entry.task)
      if (open?.n === entry.n) state.attempts.start(open.row, state.atMs)
      return
    }
    case 'ended':
      evolveEnd(state, entry)
      return
    case 'lost':
      evolveLoss(state, entry)
      return
    case 'cancelling': {
      const open = state.openAttempt(entry.task)
      if (open?.n === entry.n) state.cancelling.set(open.row, entry.because)
      return
    }
    case 'retrying':
      state.tasks.setStatus(entry.task, taskStatus.backingOff)
      state.dueMs.set(entry.task, entry.dueMs)
      state.due.push({ atMs: entry.dueMs, kind: 'retry', about: entry.task, n: state.tasks.n(entry.task) })
      return
    case 'gave-up':
      settleTask(state, entry.task, { kind: 'gave-up', because: entry.because })
      return
    case 'delay-elapsed':
      state.dueMs.delete(entry.task)
      makeReady(state, entry.task)
      return
    case 'edge-expired': {
      const kind = state.tasks.edgeKind(entry.edge)
      if (kind !== 'settled') settleEdge(state, entry.edge, expiryEffect(kind), targetName(state, entry.edge))
      return
    }
    case 'unplaceable':
      settleTask(state, entry.task, { kind: 'unplaceable', missing: entry.missing })
      return
    case 'cancel-requested':
      evolveCancel(state, entry.scope, entry.by)
      return
    case 'paused':
      if (state.phase === 'running') state.phase = 'paused'
      return
    case 'unpaused':
      if (state.phase === 'paused') state.phase = 'running'
      return
    case 'draining':
      state.phase = 'draining'
      return
    case 'finished':
      state.phase = 'over'
      state.ending = entry.ending
      return
  }
}

/** Waits for a retry count the time in which nobody owned the run. A due time that is left behind is not meant any more. */
function shortenWaits(state: RunState, downMs: number): void {
  for (const [task, waitedMs] of state.dueMs) {
    const atMs = Math.max(state.atMs, waitedMs - downMs)
    state.dueMs.set(task, atMs)
    state.due.push({ atMs, kind: 'retry', about: task, n: state.tasks.n(task) })
  }
}

function closeSource(state: RunState): void {
  state.sourceClosed = true
  for (let group = 0; group < state.tasks.groupCount; group++) sealGroup(state, group)
}

function evolveTasks(state: RunState, entry: TasksAddedEntry): void {
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

function evolveLaunch(state: RunState, task: number, n: number, worker: number): void {
  const { tasks, attempts } = state
  const row = attempts.open(task, worker, tasks.lastAttempt(task), state.atMs)
  const counted = tasks.countAttempt(task, row)
  invariant(counted === n, 'attempts are numbered 1, 2, 3')
  tasks.setStatus(task, taskStatus.running)
  state.running.add(task)
  const taskClass = state.classes.get(tasks.taskClass(task))
  invariant(taskClass, 'every task has a class')
  state.workers.take(worker, taskClass.needs)
  for (const ledger of taskClass.ledgers) state.ledgers.take(ledger)
}

function evolveEnd(state: RunState, entry: Ended): void {
  const { task, n, outcome } = entry
  const row = closeRow(state, task, n)
  state.attempts.end(row, outcome, state.atMs)
  switch (outcome.result) {
    case 'passed':
    case 'skipped':
      settleTask(state, task, undefined)
      return
    case 'failed':
    case 'timed-out':
    case 'cancelled':
      state.tasks.charge(task)
      state.tasks.setStatus(task, taskStatus.deciding)
      return
  }
}

function evolveLoss(state: RunState, entry: Lost): void {
  const row = closeRow(state, entry.task, entry.n)
  state.attempts.lose(row, entry.cause, state.atMs)
  state.tasks.setStatus(entry.task, taskStatus.deciding)
}

/** Takes the open attempt out of the books and says its row. */
function closeRow(state: RunState, task: number, n: number): number {
  const { tasks } = state
  const row = tasks.lastAttempt(task)
  invariant(row >= 0 && tasks.n(task) === n && state.attempts.isOpen(row), 'only the open attempt is closed')
  const taskClass = state.classes.get(tasks.taskClass(task))
  invariant(taskClass, 'every task has a class')
  state.workers.give(state.attempts.worker(row), taskClass.needs)
  for (const ledger of taskClass.ledgers) state.ledgers.give(ledger)
  state.running.delete(task)
  if (state.cancelling.size > 0) state.cancelling.delete(row)
  return row
}

function evolveCancel(state: RunState, scope: CancelScope, by: string): void {
  const { tasks } = state
  if (scope.kind === 'run') state.stoppedBy = by
  const cancelled: number[] = []
  for (const task of tasksInScope(state, scope)) {
    const status = tasks.status(task)
    if (status === taskStatus.judged) continue
    if (status === taskStatus.running || status === taskStatus.deciding) state.cancelledBy.set(task, by)
    else {
      state.dueMs.delete(task)
      cancelled.push(task)
    }
  }
  settleTasks(state, cancelled, () => ({ kind: 'cancelled', by }))
}

/** Handles of the tasks that a cancel is aimed at. */
export function tasksInScope(state: RunState, scope: CancelScope): Iterable<number> {
  switch (scope.kind) {
    case 'run':
      return allTasks(state)
    case 'task': {
      const task = state.tasks.handle(scope.task)
      return task === undefined ? [] : [task]
    }
    case 'group':
      return membersOf(state, scope.group)
  }
}

function* allTasks(state: RunState): Iterable<number> {
  for (let task = 0; task < state.tasks.size; task++) yield task
}

function* membersOf(state: RunState, group: string): Iterable<number> {
  for (let task = 0; task < state.tasks.size; task++) {
    if (state.tasks.definition(task).groups?.includes(group) === true) yield task
  }
}

function targetName(state: RunState, edge: number): string {
  const target = state.tasks.edgeTarget(edge)
  return target >= 0 ? state.tasks.id(target) : state.tasks.groupId(-target - 1)
}
