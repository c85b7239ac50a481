// Judges what came from outside: accepted, it becomes entries; doubled, late, foreign or unknown, it becomes a note and
// changes nothing. Reads the state only.
import { attemptLabel, type AttemptRef } from '../model/attempt.ts'
import type { TaskDefinition } from '../model/task.ts'
import type { Entry } from './entry.ts'
import type { KernelOptions } from './kernel-options.ts'
import type { RunState } from './run-state.ts'
import type { CancelScope, Signal } from './signal.ts'

/** What the owner of a run tells its kernel: signals, and how the run begins and is opened. */
export type KernelSignal =
  | Signal
  | {
      readonly kind: 'begin'
      readonly run: string
      readonly name: string
      readonly seed: number
      readonly options: KernelOptions
    }
  | { readonly kind: 'open'; readonly epoch: number }

/** What a signal comes to. */
export type Judgement =
  { readonly kind: 'accepted'; readonly entry: Entry } | { readonly kind: 'note'; readonly text: string }

/** Judges one signal against the state. */
export function judgeSignal(state: RunState, signal: KernelSignal): Judgement {
  switch (signal.kind) {
    case 'begin': {
      if (state.options !== undefined) return note(`run ${state.run} has begun already`)
      const { run, name, seed, options } = signal
      return accept({ kind: 'run-begun', run, name, seed, options })
    }
    case 'open':
      return signal.epoch > state.epoch
        ? accept({ kind: 'run-opened', epoch: signal.epoch })
        : note(`epoch ${String(signal.epoch)} is not newer than ${String(state.epoch)}`)
    case 'add-tasks':
      return judgeTasks(state, signal)
    case 'close-source':
      return state.sourceClosed ? note('the source is closed already') : accept({ kind: 'source-closed' })
    case 'seal-group':
      return state.tasks.groupHandle(signal.group) === undefined
        ? note(`group ${signal.group} is not known`)
        : accept({ kind: 'group-sealed', group: signal.group })
    case 'pause':
      return state.phase === 'running' ? accept({ kind: 'paused' }) : note(`a ${state.phase} run cannot be paused`)
    case 'unpause':
      return state.phase === 'paused' ? accept({ kind: 'unpaused' }) : note(`a ${state.phase} run is not paused`)
    case 'cancel': {
      if (state.phase === 'over') return note('the run is over')
      if (!isThere(state, signal.scope)) return note(`there is nothing to cancel: ${nameOf(signal.scope)} is not known`)
      if (signal.scope.kind === 'run' && state.stoppedBy !== undefined && state.running.size === 0) {
        return note('the run is stopped already')
      }
      return accept({ kind: 'cancel-requested', scope: signal.scope, by: signal.by, running: 'cancel' })
    }
    case 'drain':
      return state.phase === 'running' || state.phase === 'paused'
        ? accept({ kind: 'draining', by: signal.by, hard: false })
        : note(`a ${state.phase} run cannot be drained`)
    case 'interrupt':
      return state.phase === 'over' || state.phase === 'open'
        ? note('there is nothing to interrupt')
        : accept({ kind: 'draining', by: signal.by, hard: true })
    case 'worker-joined': {
      const worker = state.workers.handle(signal.worker.id) ?? state.workers.size
      return accept({ kind: 'worker-joined', worker, definition: signal.worker })
    }
    case 'worker-draining':
      return judgeWorker(state, signal.worker, 'worker-draining', 'draining')
    case 'worker-left':
      return judgeWorker(state, signal.worker, 'worker-left', signal.because)
    case 'attempt-started':
    case 'attempt-ended':
    case 'attempt-lost':
    case 'attempt-refused':
      return judgeAttempt(state, signal)
  }
}

function isThere({ tasks }: RunState, scope: CancelScope): boolean {
  switch (scope.kind) {
    case 'run':
      return true
    case 'group':
      return tasks.groupHandle(scope.group) !== undefined
    case 'task':
      return tasks.handle(scope.task) !== undefined
  }
}

function nameOf(scope: CancelScope): string {
  switch (scope.kind) {
    case 'run':
      return 'the run'
    case 'group':
      return `group ${scope.group}`
    case 'task':
      return `task ${scope.task}`
  }
}

function judgeTasks(state: RunState, signal: Extract<Signal, { kind: 'add-tasks' }>): Judgement {
  if (state.sourceClosed) return note(`${String(signal.tasks.length)} tasks came after the source was closed`)
  const { groups, facts, more = false } = signal
  const tasks = newTasks(state, signal.tasks)
  if (tasks.length === 0 && signal.tasks.length > 0) return note(`${String(signal.tasks.length)} tasks came twice`)
  return accept({ kind: 'tasks-added', tasks, groups: groups ?? [], facts, more })
}

/** Leaves out what is there already: whoever hands tasks in may do so again after a crash. */
function newTasks(state: RunState, tasks: readonly TaskDefinition[]): readonly TaskDefinition[] {
  // Chunks come again as they were, so their first task tells; the tasks of a chunk have no handles yet.
  if (state.pending.heads.has(tasks[0]?.id)) return []
  if (state.tasks.size === 0) return tasks
  return tasks.some(({ id }) => state.tasks.handle(id) !== undefined)
    ? tasks.filter(({ id }) => state.tasks.handle(id) === undefined)
    : tasks
}

function judgeWorker(state: RunState, id: string, kind: 'worker-draining' | 'worker-left', because: string): Judgement {
  const worker = state.workers.handle(id)
  if (worker === undefined) return note(`worker ${id} is not known`)
  // A worker that its owner has not seen again since the run was opened may still hold attempts: they end with it.
  if (state.workers.state(worker) === 'left' && state.workers.open(worker) === 0) {
    return note(`worker ${id} has left already`)
  }
  return accept({ kind, worker, because })
}

function judgeAttempt(
  state: RunState,
  signal: Extract<Signal, { kind: 'attempt-started' | 'attempt-ended' | 'attempt-lost' | 'attempt-refused' }>,
): Judgement {
  const { attempt } = signal
  const { task, n } = attempt
  if (attempt.run !== state.run) return note(`${attemptLabel(attempt)} belongs to another run`)
  if (!(Number.isInteger(task) && task >= 0 && task < state.tasks.size && n >= 1))
    return note(`${attemptLabel(attempt)} is not known`)
  if (n > state.tasks.n(task)) return note(`${attemptLabel(attempt)} was never launched`)
  const row = state.tasks.lastAttempt(task)
  if (n < state.tasks.n(task) || !state.attempts.isOpen(row)) return note(late(attempt, signal.kind))
  switch (signal.kind) {
    case 'attempt-started':
      return state.attempts.isStarted(row) ? note(late(attempt, signal.kind)) : accept({ kind: 'started', task, n })
    case 'attempt-ended':
      // Ended by an interrupt, perhaps of an owner before this one: not the task's doing, so it is lost, uncharged and open
      // for a resume. Where somebody cancelled the task itself, it is over.
      if (signal.outcome.result === 'cancelled' && state.cancelling.has(row) && !state.cancelledBy.has(task)) {
        return accept({ kind: 'lost', task, n, cause: 'coordinator' })
      }
      return accept({ kind: 'ended', task, n, outcome: signal.outcome })
    case 'attempt-lost':
      return accept({ kind: 'lost', task, n, cause: signal.cause })
    case 'attempt-refused':
      return accept({ kind: 'lost', task, n, cause: 'refused' })
  }
}

function late(attempt: AttemptRef, kind: string): string {
  return `${kind} of ${attemptLabel(attempt)} came late or twice`
}

function accept(entry: Entry): Judgement {
  return { kind: 'accepted', entry }
}

function note(text: string): Judgement {
  return { kind: 'note', text }
}
