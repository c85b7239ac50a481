// Which breakers an attempt has to do with: those of its worker, of the host, of what its task uses, and of what its task
// failed with before.
import type { FailureCategory } from '../model/failure.ts'
import { blameOf } from './bearing-of.ts'
import type { BreakerKey } from './breaker-key.ts'
import type { RunState } from './run-state.ts'

/** Names of the breakers that watch a worker and its host. */
export function keysOfWorker({ workers }: RunState, worker: number): readonly BreakerKey[] {
  const { id, host } = workers.definition(worker)
  return host === undefined ? [`worker:${id}`, `probation:${id}`] : [`worker:${id}`, `probation:${id}`, `host:${host}`]
}

/** Names of the breakers that watch what a task uses. */
export function keysOfTask(state: RunState, task: number): readonly BreakerKey[] {
  return state.classes.get(state.tasks.taskClass(task))?.uses ?? []
}

/** The category that the task's last attempt failed with, where there may be a breaker of it. */
export function lastBlame(state: RunState, task: number): FailureCategory | undefined {
  const row = state.tasks.lastAttempt(task)
  if (row < 0 || state.attempts.isPlainPass(row)) return undefined
  const ending = state.attempts.ending(row)
  return ending?.kind === 'ended' ? blameOf(ending.outcome) : undefined
}

/** The breaker that keeps a task from starting on any worker now, if one does. */
export function heldBy(state: RunState, task: number): number | undefined {
  const { breakers } = state
  for (const key of keysOfTask(state, task)) {
    const breaker = breakers.find(key)
    if (breaker !== undefined && breakers.admits(breaker) <= 0) return breaker
  }
  return heldByCategory(state, task)
}

/** The breaker of a category that keeps a task from being tried again now, if one does. */
export function heldByCategory(state: RunState, task: number): number | undefined {
  const { breakers } = state
  const category = lastBlame(state, task)
  if (category === undefined) return undefined
  const breaker = breakers.find(`category:${category}`)
  return breaker !== undefined && breakers.admits(breaker) <= 0 ? breaker : undefined
}
