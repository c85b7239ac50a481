// Whether a running task may be asked to make room for one that waits: only where that is sure to help, and costs no verdict.
import type { Preemption } from '../ports/policy.ts'
import type { Placement } from './placement.ts'
import type { RunState } from './run-state.ts'

/** Whether the kernel would carry the pre-emption out. */
export function mayPreempt(
  state: RunState,
  placement: Placement,
  { victim, beneficiary }: Pick<Preemption, 'victim' | 'beneficiary'>,
): boolean {
  const { tasks, attempts, workers, classes } = state
  if (!isTask(state, victim) || !isTask(state, beneficiary)) return false
  const open = state.openAttempt(victim)
  if (open === undefined || state.cancelling.has(open.row) || !mayBeLost(state, victim)) return false
  if ([...state.keptPlaces.values()].some(({ task }) => task === beneficiary)) return false
  if (!placement.isWaiting(beneficiary) || state.suspicion.has(beneficiary)) return false
  const worker = attempts.worker(open.row)
  const taken = classes.get(tasks.taskClass(beneficiary))
  const given = classes.get(tasks.taskClass(victim))
  if (taken === undefined || given === undefined || workers.starts(worker) <= 0) return false
  if (workers.missing(worker, taken).length > 0) return false
  const hasRoom = taken.needs.every(({ resource, amount }) => {
    const back = given.needs.find((need) => need.resource === resource)?.amount ?? 0
    return workers.free(worker, resource) + back >= amount - 1e-9
  })
  return hasRoom && placement.isAdmitted(beneficiary, worker)
}

function isTask({ tasks }: RunState, handle: number): boolean {
  return Number.isInteger(handle) && handle >= 0 && handle < tasks.size
}

/** One that may not be repeated, is cancelled anyway, or would be given up for having been lost too often, keeps its place. */
function mayBeLost({ tasks, attempts, cancelledBy, settings }: RunState, task: number): boolean {
  if (tasks.definition(task).idempotent === false || cancelledBy.has(task)) return false
  let losses = 0
  for (let row = tasks.lastAttempt(task); row >= 0; row = attempts.before(row)) {
    if (attempts.ending(row)?.kind === 'lost') losses++
  }
  return losses + 1 < settings.maxLosses
}
