// A place that a running attempt leaves to another task. What the other needs beyond what the attempt gives back is held on
// the worker from the moment of the decision, so that nobody takes it while the attempt comes to its end.
import { invariant } from '../errors/invariant.ts'
import type { RunState } from './run-state.ts'
import type { Amount } from './task-classes.ts'

/** The place of an open attempt is kept for a task. */
export function keepPlace(state: RunState, row: number, task: number): void {
  const worker = state.attempts.worker(row)
  const given = needsOf(state, state.attempts.task(row))
  const extra = needsOf(state, task).flatMap(({ resource, amount }) => {
    const more = amount - (given.find((need) => need.resource === resource)?.amount ?? 0)
    return more > 0 ? [{ resource, amount: more }] : []
  })
  state.workers.hold(worker, extra, 1)
  state.keptPlaces.set(row, { task, worker, extra })
}

/** The attempt is over: whoever its place was kept for is the first to be placed. */
export function vacatePlace(state: RunState, row: number): void {
  const place = state.keptPlaces.get(row)
  if (place === undefined) return
  state.keptPlaces.delete(row)
  state.workers.hold(place.worker, place.extra, -1)
  state.vacated.push(place.task)
}

function needsOf({ classes, tasks }: RunState, task: number): readonly Amount[] {
  const taskClass = classes.get(tasks.taskClass(task))
  invariant(taskClass, 'every task has a class')
  return taskClass.needs
}
