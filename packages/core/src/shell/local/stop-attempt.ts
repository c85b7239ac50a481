// How an attempt is ended before it is over: asked first, then `SIGTERM`, then `SIGKILL` for all that it has started. What
// takes the memory of others is killed at once.
import type { EndCause, StopCause } from '../conclude-attempt.ts'
import type { PausableTimers } from './pausable-timers.ts'
import { signalProcess } from '../signal-group.ts'
import type { SlotTree } from './slot-tree.ts'
import type { SupervisedAttempt } from './supervised-attempt.ts'

/** With what it is ended. */
export interface StopMeans {
  readonly tree: SlotTree
  readonly timers: PausableTimers
  readonly graceMs: number
}

/** Ends an attempt; a second cause changes nothing. */
export function stopAttempt(attempt: SupervisedAttempt, cause: EndCause, { tree, timers, graceMs }: StopMeans): void {
  if (attempt.stopped !== undefined) return
  // An attempt that has its result may still turn out to have used too much; nothing of it is there to be ended.
  if (attempt.isSettled && cause.kind !== 'over-limit') return
  attempt.stopped = cause
  if (attempt.isSettled) return
  if (cause.kind === 'over-limit' && cause.limit === 'memory') {
    tree.signal(attempt.agent, 'SIGKILL')
    return
  }
  // A test may have stopped it, and then it would not hear that it is to end.
  if (attempt.agent.pid !== undefined) signalProcess(attempt.agent.pid, 'SIGCONT')
  attempt.agent.send({ kind: 'abort', cause: toldCause(cause) })
  endAfterStop(attempt, cause, { tree, timers, graceMs })
}

/** Ends an attempt that has been told to end and does not. */
export function endAfterStop(attempt: SupervisedAttempt, cause: EndCause, { tree, timers, graceMs }: StopMeans): void {
  const halfMs = graceMs / 2
  const askMs = cause.kind === 'timed-out' ? Math.max(halfMs, attempt.overtimeMs) : halfMs
  timers.after(askMs, () => {
    tree.signal(attempt.agent, 'SIGTERM')
  })
  timers.after(askMs + halfMs, () => {
    tree.signal(attempt.agent, 'SIGKILL')
  })
}

/** What an executor is told; that it used too much is for its supervisor to name. */
function toldCause(cause: EndCause): StopCause {
  if (cause.kind !== 'over-limit') return cause
  return { kind: 'cancelled', because: `over its limit of ${cause.limit}` }
}
