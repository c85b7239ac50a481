// What an entry means to a policy that remembers things. Asked after the entry has changed the state.
import type { Happening } from '../ports/policy.ts'
import type { Entry } from './entry.ts'
import type { PolicyQuestions } from './policy-questions.ts'
import type { RunState } from './run-state.ts'

/** What a policy hears of an entry, or nothing. */
export function happeningOf(state: RunState, views: PolicyQuestions, entry: Entry): Happening | undefined {
  const { atMs, tasks, attempts } = state
  switch (entry.kind) {
    case 'launched': {
      const { task, n, worker } = entry
      return { kind: 'launched', atMs, task: views.taskView(task), n, worker: views.workerView(worker) }
    }
    case 'ended':
    case 'lost': {
      const { task, n } = entry
      const row = tasks.lastAttempt(task)
      const worker = views.workerView(attempts.worker(row))
      const closed = { atMs, task: views.taskView(task), n, worker, heldMs: atMs - attempts.launchedAtMs(row) }
      return entry.kind === 'ended'
        ? { kind: 'ended', ...closed, outcome: entry.outcome }
        : { kind: 'lost', ...closed, cause: entry.cause }
    }
    case 'cancelling': {
      const { task, n, makesRoomFor } = entry
      if (makesRoomFor === undefined) return undefined
      const worker = views.workerView(attempts.worker(tasks.lastAttempt(task)))
      const beneficiary = views.taskView(makesRoomFor)
      return { kind: 'pre-empting', atMs, task: views.taskView(task), n, worker, beneficiary }
    }
    case 'worker-joined':
    case 'worker-left':
      return { kind: entry.kind, atMs, worker: views.workerView(entry.worker) }
    case 'run-begun':
    case 'run-opened':
    case 'tasks-added':
    case 'source-closed':
    case 'group-sealed':
    case 'worker-draining':
    case 'started':
    case 'retrying':
    case 'gave-up':
    case 'delay-elapsed':
    case 'edge-expired':
    case 'unplaceable':
    case 'breaker':
    case 'quarantined':
    case 'quarantine-lifted':
    case 'policy-failed':
    case 'cancel-requested':
    case 'paused':
    case 'unpaused':
    case 'draining':
    case 'finished':
      return undefined
  }
}
