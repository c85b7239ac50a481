// What must hold at the moment of a launch, and before a task is called unplaceable.
import type { Policy } from '../../../ports/policy.ts'
import type { Launched } from '../../../run/entry.ts'
import { uphold } from '../laws.ts'
import { isPlacing, type Model, type ModelTask, openAttemptOf } from './model.ts'
import {
  compareTurns,
  fullClaim,
  fullLedger,
  hasRoom,
  isLaneShut,
  meetsSuspect,
  placesFor,
  suits,
  takesAhead,
  taskView,
  type Usage,
  usageOf,
  workerView,
  wouldSuit,
} from './placeable.ts'

/** Throws where the launch is not allowed, or not the one that the policy wants. */
export function checkLaunch(model: Model, policy: Policy, task: ModelTask, launched: Launched): void {
  const { n, worker, claims = [] } = launched
  const { definition } = task
  const name = `task ${task.handle} (${definition.id})`
  uphold(2, isPlacing(model), () => `${name} was launched though the run places nothing now`)
  uphold(2, model.stoppedBy === undefined, () => `${name} was launched though the run is cancelled`)
  uphold(4, openAttemptOf(task) === undefined, () => `${name} was launched while an attempt of it was open`)
  uphold(2, task.status === 'ready', () => `${name} was launched though it is ${task.status}`)
  uphold(2, task.cancelledBy === undefined, () => `${name} was launched though it is cancelled`)
  uphold(4, n === task.attempts.length + 1, () => `${name} was launched as attempt ${n} after ${task.attempts.length}`)
  const known = model.workers[worker]
  uphold(
    3,
    known !== undefined && suits(known, task),
    () => `${name} was launched on worker ${worker}, which cannot run it`,
  )
  const usage = usageOf(model)
  const isAhead = !hasRoom(model, usage, worker, task)
  uphold(
    3,
    !isAhead || takesAhead(model, usage, worker, task),
    () => `${name} was launched on worker ${worker}, which is full`,
  )
  const [better] = isAhead ? placesFor(model, usage, policy, task) : []
  uphold(10, better === undefined, () => `${name} was launched ahead though worker ${better ?? ''} has room for it`)
  uphold(11, model.admits(task, worker) > 0, () => `${name} was launched on worker ${worker} under an open breaker`)
  uphold(
    11,
    !meetsSuspect(model, worker, task),
    () => `${name} was launched beside another suspect on worker ${worker}`,
  )
  const full = fullLedger(model, usage, definition)
  uphold(3, full === undefined, () => `${name} was launched though ${full ?? ''} is taken`)
  uphold(3, !isLaneShut(model, policy, task), () => `${name} was launched though the policy shut its lane`)
  const wanted = policy.claims?.(taskView(model, task), workerView(model, usage, worker)) ?? []
  uphold(3, JSON.stringify(wanted) === JSON.stringify(claims), () => {
    return `${name} was launched with claims ${JSON.stringify(claims)} instead of ${JSON.stringify(wanted)}`
  })
  const taken = fullClaim(usage, claims)
  uphold(3, taken === undefined, () => `${name} was launched though ${taken?.ledger ?? ''} has no room for its claim`)
  checkChoice(model, policy, usage, task, worker)
}

/** The policy's order and scores are kept to. */
function checkChoice(model: Model, policy: Policy, usage: Usage, task: ModelTask, worker: number): void {
  const rejection = policy.admit?.(taskView(model, task), workerView(model, usage, worker))
  uphold(
    3,
    rejection === undefined,
    () => `task ${task.handle} was launched on worker ${worker}, which the policy refused`,
  )
  const denied = policy.permit?.(taskView(model, task), workerView(model, usage, worker))
  uphold(3, denied === undefined, () => `task ${task.handle} was launched though the policy did not permit it`)
  for (const other of model.tasks) {
    if (other.status !== 'ready' || other === task) continue
    // Cheap first: most of those that wait have no place.
    uphold(
      10,
      placesFor(model, usage, policy, other).length === 0 || compareTurns(model, policy, other, task) > 0,
      () => {
        return `task ${task.handle} was launched before task ${other.handle}, which goes first and has a place`
      },
    )
  }
  const isWished = (place: number): boolean => isWishedFor(task, place)
  const wished = placesFor(model, usage, policy, task).find(isWished)
  uphold(10, isWished(worker) || wished === undefined, () => {
    return `task ${task.handle} was launched on worker ${worker}, though ${task.wish ?? ''} worker ${wished ?? ''} had room`
  })
  if (policy.score === undefined) return
  const scoreOn = (place: number): number => policy.score?.(taskView(model, task), workerView(model, usage, place)) ?? 0
  const own = scoreOn(worker)
  for (const place of placesFor(model, usage, policy, task)) {
    if (isWished(place) !== isWished(worker)) continue
    uphold(10, scoreOn(place) < own || (scoreOn(place) === own && place >= worker), () => {
      return `task ${task.handle} was launched on worker ${worker} though worker ${place} suits it better`
    })
  }
}

/** Whether the worker is what the task's retry wants: the same as before, another one, or any. */
function isWishedFor({ wish, attempts }: ModelTask, worker: number): boolean {
  return wish === undefined || attempts.some((attempt) => attempt.worker === worker) === (wish === 'same')
}

/** Throws where somebody could run the task, or might have come in time. */
export function checkUnplaceable(model: Model, task: ModelTask, sinceMs: number): void {
  uphold(
    2,
    isPlacing(model) && task.status === 'ready',
    () => `task ${task.handle} (${task.status}) was called unplaceable`,
  )
  const able = model.workers.findIndex((worker) => suits(worker, task))
  uphold(10, able < 0, () => `task ${task.handle} was called unplaceable though worker ${able} could run it`)
  const out = model.workers.findIndex((worker) => wouldSuit(worker, task))
  uphold(11, out < 0, () => `task ${task.handle} was called unplaceable though worker ${out} was only put out`)
  const waitedMs = model.atMs - sinceMs
  uphold(10, waitedMs >= (model.options?.waitForWorkerMs ?? 0), () => {
    return `task ${task.handle} was called unplaceable after ${waitedMs} ms`
  })
}
