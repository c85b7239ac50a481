// What a verdict sets off: edges let go, dependents become ready, or are blocked or skipped in their turn. Works through
// a list instead of calling itself, so that a chain of a million tasks needs no stack.
import { invariant } from '../errors/invariant.ts'
import type { VerdictKind } from '../model/verdict.ts'
import { edgeEffect, type EdgeEffect } from './edge-table.ts'
import { judge, type TaskEnding } from './judge.ts'
import type { RunState } from './run-state.ts'
import { taskStatus } from './task-status.ts'

/** Gives a task its verdict, with all that follows for those who wait for it. */
export function settleTask(state: RunState, task: number, ending: TaskEnding | undefined): void {
  const work = [task]
  closeTask(state, task, ending)
  for (let next = work.pop(); next !== undefined; next = work.pop()) settleDependents(state, next, work)
}

/** Gives several tasks their endings before any of them affects another. */
export function settleTasks(state: RunState, tasks: readonly number[], endingOf: (task: number) => TaskEnding): void {
  const work = [...tasks]
  for (const task of tasks) closeTask(state, task, endingOf(task))
  for (let next = work.pop(); next !== undefined; next = work.pop()) settleDependents(state, next, work)
}

/** Who had not passed within the time limit of a dependency, in milliseconds. */
export interface Late {
  readonly by: string
  readonly limitMs: number
}

/** Lets one edge go because its time limit is over. */
export function expireEdge(state: RunState, edge: number, effect: EdgeEffect, late: Late): void {
  const { tasks } = state
  const task = tasks.edgeTask(edge)
  const left = tasks.settleEdge(edge)
  if (tasks.status(task) !== taskStatus.waiting) return
  if (effect === 'go') {
    if (left === 0) makeReady(state, task)
    return
  }
  const work = [task]
  closeTask(state, task, { kind: 'blocked', ...late })
  for (let next = work.pop(); next !== undefined; next = work.pop()) settleDependents(state, next, work)
}

/** Seals a group; its dependents go on, or not, if all its members are judged. */
export function sealGroup(state: RunState, group: number): void {
  if (state.tasks.isSealed(group)) return
  state.tasks.seal(group)
  const work: number[] = []
  settleGroup(state, group, work)
  for (let next = work.pop(); next !== undefined; next = work.pop()) settleDependents(state, next, work)
}

/** Applies a new edge whose target may be judged already. */
export function settleNewEdge(state: RunState, edge: number): void {
  const { tasks } = state
  const target = tasks.edgeTarget(edge)
  const kind = tasks.edgeKind(edge)
  if (kind === 'settled') return
  const work: number[] = []
  if (target >= 0) {
    const verdict = tasks.verdictKind(target)
    if (verdict !== undefined) applyEdge(state, edge, edgeEffect(kind, verdict), culprit(state, target), work)
  } else {
    const group = -target - 1
    const spoiler = tasks.groupSpoilers.get(group)
    if (kind === 'hard' && spoiler !== undefined) applyEdge(state, edge, spoiler.effect, spoiler.by, work)
    else if (tasks.isSealed(group) && tasks.groupOpen(group) === 0) applyEdge(state, edge, 'go', '', work)
  }
  for (let next = work.pop(); next !== undefined; next = work.pop()) settleDependents(state, next, work)
}

/** Marks a task judged, without its dependents. */
function closeTask(state: RunState, task: number, ending: TaskEnding | undefined): VerdictKind {
  const { tasks } = state
  invariant(tasks.status(task) !== taskStatus.judged, 'a task is judged once')
  if (ending !== undefined) state.endings.set(task, ending)
  tasks.setStatus(task, taskStatus.judged)
  if (state.restraints.size > 0) state.easeFor(task)
  state.openTasks--
  const kind = verdictKindOf(state, task, ending)
  tasks.setVerdictKind(task, kind)
  state.verdictCounts[kind]++
  if (kind === 'failed' || kind === 'timed-out' || kind === 'poisoned') state.failures++
  state.newlyJudged.push(task)
  return kind
}

function verdictKindOf(state: RunState, task: number, ending: TaskEnding | undefined): VerdictKind {
  // The common case without building a history: its first attempt passed and said nothing more.
  if (ending === undefined && state.tasks.n(task) === 1 && state.attempts.isPlainPass(state.tasks.lastAttempt(task))) {
    return 'passed'
  }
  return judge({
    attempts: state.endingsOf(task),
    ending: ending ?? { kind: 'settled' },
    cancelledBy: state.cancelledBy.get(task),
  }).kind
}

function settleDependents(state: RunState, task: number, work: number[]): void {
  const { tasks } = state
  const verdict = tasks.verdictKind(task)
  invariant(verdict, 'only a judged task has dependents to settle')
  let by = ''
  for (let edge = tasks.firstEdge(task); edge >= 0; edge = tasks.nextEdge(edge)) {
    const kind = tasks.edgeKind(edge)
    if (kind === 'settled') continue
    const effect = edgeEffect(kind, verdict)
    if (effect !== 'go' && by === '') by = culprit(state, task)
    applyEdge(state, edge, effect, by, work)
  }
  for (let row = tasks.firstMembership(task); row >= 0; row = tasks.nextMembership(row)) {
    const group = tasks.membershipGroup(row)
    tasks.closeMember(group)
    const effect = edgeEffect('hard', verdict)
    if (effect !== 'go') spoilGroup(state, group, culprit(state, task), effect, work)
    settleGroup(state, group, work)
  }
}

/** A member did not pass: who waits hard for the group need not wait for the rest of it. */
function spoilGroup(state: RunState, group: number, by: string, effect: 'block' | 'skip', work: number[]): void {
  const { tasks } = state
  const known = tasks.groupSpoilers.get(group)
  // A failed member says more than a skipped one.
  if (known !== undefined && (known.effect === 'block' || effect === 'skip')) return
  tasks.groupSpoilers.set(group, { by, effect })
  for (let edge = tasks.firstGroupEdge(group); edge >= 0; edge = tasks.nextEdge(edge)) {
    if (tasks.edgeKind(edge) === 'hard') applyEdge(state, edge, effect, by, work)
  }
}

function settleGroup(state: RunState, group: number, work: number[]): void {
  const { tasks } = state
  if (!tasks.isSealed(group)) return
  // Absence is never success: a group without members lets nobody pass who insists on it.
  if (tasks.groupSize(group) === 0) spoilGroup(state, group, tasks.groupId(group), 'block', work)
  if (tasks.groupOpen(group) > 0) return
  for (let edge = tasks.firstGroupEdge(group); edge >= 0; edge = tasks.nextEdge(edge)) {
    if (tasks.edgeKind(edge) !== 'settled') applyEdge(state, edge, 'go', '', work)
  }
}

function applyEdge(state: RunState, edge: number, effect: EdgeEffect, by: string, work: number[]): void {
  const { tasks } = state
  const task = tasks.edgeTask(edge)
  const left = tasks.settleEdge(edge)
  if (tasks.status(task) !== taskStatus.waiting) return
  switch (effect) {
    case 'go':
      if (left === 0) makeReady(state, task)
      return
    case 'block':
      closeTask(state, task, { kind: 'blocked', by })
      work.push(task)
      return
    case 'skip':
      closeTask(state, task, { kind: 'skipped', because: `depends on ${by}, which was skipped`, by })
      work.push(task)
      return
  }
}

/** The task may be placed from now on. */
export function makeReady(state: RunState, task: number): void {
  state.tasks.setStatus(task, taskStatus.ready)
  state.newlyReady.push(task)
}

/**
 * Whom to name to those who wait for a task that did not pass: the first in the chain. What came too late may yet pass, so
 * who would not wait for it is the first.
 */
function culprit(state: RunState, task: number): string {
  const ending = state.endings.get(task)
  if (ending?.kind === 'blocked' && ending.limitMs === undefined) return ending.by
  if (ending?.kind === 'skipped' && ending.by !== undefined) return ending.by
  return state.tasks.id(task)
}
