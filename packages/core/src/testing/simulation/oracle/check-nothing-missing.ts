// What must not be left undone at the end of a step. A lost wake-up, a lost timer and a run that never ends all show here,
// at the step in which they happen.
import type { Policy } from '../../../ports/policy.ts'
import { uphold } from '../laws.ts'
import { isPlacing, type Model, openAttemptOf } from './model.ts'
import type { Loneliness } from './loneliness.ts'
import { fullLedger, isLaneShut, placesFor, usageOf } from './placeable.ts'

/** No worker: what holds a task up wherever it might start. */
const nowhere = -1

/** Throws where something is left undone. `loneliness` is brought up to date. */
export function checkNothingMissing(model: Model, policy: Policy, loneliness: Loneliness): void {
  const { options, atMs } = model
  if (options === undefined || model.epoch === 0) return
  checkTasks(model)
  if (model.over !== undefined) return
  const { deadlineMs, maxFailures } = options
  uphold(10, deadlineMs === null || atMs < deadlineMs || model.stoppedBy !== undefined, () => {
    return `the deadline at ${deadlineMs ?? 0} passed without a cancel`
  })
  const failures = model.tasks.filter(({ verdict }) => {
    return verdict?.kind === 'failed' || verdict?.kind === 'timed-out' || verdict?.kind === 'poisoned'
  }).length
  uphold(2, maxFailures === null || failures < maxFailures || model.stoppedBy !== undefined, () => {
    return `${failures} tasks failed and the run goes on, though ${maxFailures ?? 0} were allowed`
  })
  checkEnd(model)
  if (isPlacing(model)) checkPlaced(model, policy, loneliness)
}

function checkTasks(model: Model): void {
  const { atMs } = model
  const isTooLate = atMs >= (model.options?.deadlineMs ?? Infinity)
  for (const task of model.tasks) {
    const { handle, status } = task
    uphold(4, status !== 'deciding', () => `nothing was decided about task ${handle}`)
    if (status === 'backing-off') {
      uphold(
        10,
        task.dueMs > atMs,
        () => `task ${handle} still waits at ${atMs} for a retry that was due at ${task.dueMs}`,
      )
    }
    if (status === 'waiting') {
      const late = task.dependencies.find((dependency) => !dependency.hasLetGo && dependency.limitAtMs <= atMs)
      uphold(10, late === undefined, () => `edge ${late?.edge ?? ''} of task ${handle} is over its time limit`)
    }
    const open = status === 'running' ? openAttemptOf(task) : undefined
    if (open === undefined || open.isCancelling) continue
    // After too many failures what runs may end by itself.
    const isToEnd =
      isTooLate || model.draining === 'hard' || (task.cancelledBy !== undefined && task.cancelledBy !== 'max-failures')
    uphold(2, !isToEnd, () => `attempt ${open.n} of task ${handle} was not asked to end`)
  }
}

function checkEnd(model: Model): void {
  if (model.tasks.some((task) => openAttemptOf(task) !== undefined)) return
  const isDone = model.isSourceClosed && model.tasks.every(({ status }) => status === 'judged')
  uphold(1, !isDone, () => 'everything is judged and the run does not end')
  uphold(1, model.draining === 'no', () => 'nothing runs any more and the drained run does not end')
}

function checkPlaced(model: Model, policy: Policy, loneliness: Loneliness): void {
  const ready = model.tasks.filter(({ status }) => status === 'ready')
  const usage = usageOf(model)
  for (const task of ready) {
    const [place] = placesFor(model, usage, policy, task)
    uphold(
      10,
      place === undefined,
      () => `task ${task.handle} is left waiting though worker ${place ?? ''} has room for it`,
    )
  }
  loneliness.look(model, ready, (task) => {
    if (fullLedger(model, usage, task.definition) !== undefined || isLaneShut(model, policy, task)) return false
    return model.admits(task, nowhere) > 0
  })
  for (const task of ready) {
    const sinceMs = loneliness.ownSinceMs(task)
    if (sinceMs === undefined) continue
    uphold(10, model.atMs - sinceMs < (model.options?.waitForWorkerMs ?? 0), () => {
      return `task ${task.handle} still waits for a worker, since ${sinceMs}`
    })
  }
}
