// Judges what came from outside: accepted, it becomes entries; doubled, late, foreign or unknown, it becomes a note and
// changes nothing. Reads the state only.
import { attemptLabel, type AttemptRef } from '../model/attempt.ts'
import type { Outcome } from '../model/outcome.ts'
import type { TaskDefinition } from '../model/task.ts'
import type { Entry } from './entry.ts'
import type { KernelOptions } from './kernel-options.ts'
import type { RunState } from './run-state.ts'
import type { CancelScope, Signal } from './signal.ts'
import type { WorkerTable } from './worker-table.ts'

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
  | {
      readonly kind: 'open'
      readonly epoch: number
      /** Wall time in milliseconds since the last commit of the owner before. @defaultValue `0` */
      readonly downMs?: number | undefined
    }

/** What a signal comes to: mostly one entry. */
export type Judgement =
  | { readonly kind: 'accepted'; readonly entries: readonly [Entry, ...Entry[]] }
  | { readonly kind: 'note'; readonly text: string }

/** Judges one signal against the state. */
export function judgeSignal(state: RunState, signal: KernelSignal): Judgement {
  switch (signal.kind) {
    case 'begin': {
      if (state.options !== undefined) return note(`run ${state.run} has begun already`)
      const { run, name, seed, options } = signal
      return accept({ kind: 'run-begun', run, name, seed, options })
    }
    case 'open': {
      const { epoch, downMs = 0 } = signal
      if (epoch <= state.epoch) return note(`epoch ${String(epoch)} is not newer than ${String(state.epoch)}`)
      // A wall clock that went back counts nothing.
      return accept({ kind: 'run-opened', epoch, ...(downMs > 0 ? { downMs } : {}) })
    }
    case 'add-tasks':
      return judgeTasks(state, signal)
    case 'close-source':
      return state.sourceClosed || state.pending.isLast
        ? note('the source is closed already')
        : accept({ kind: 'source-closed' })
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
    case 'worker-joined':
      return judgeJoin(state, signal)
    case 'worker-draining':
      return judgeLeave(state, signal, 'draining')
    case 'worker-left':
      return judgeLeave(state, signal, signal.because)
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
  const { groups = [], facts, more = false } = signal
  const tasks = newTasks(state, signal.tasks)
  if (tasks.length === 0 && signal.tasks.length > 0) return note(`${String(signal.tasks.length)} tasks came twice`)
  // It would begin a batch of which nothing more comes.
  if (more && tasks.length === 0 && groups.every(({ id }) => state.tasks.groupHandle(id) !== undefined))
    return note(`${String(groups.length)} groups came twice`)
  return accept({ kind: 'tasks-added', tasks, groups, facts, more })
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

function judgeJoin({ workers }: RunState, signal: Extract<Signal, { kind: 'worker-joined' }>): Judgement {
  const { worker: definition, incarnation } = signal
  const worker = workers.handle(definition.id)
  if (worker === undefined)
    return accept({ kind: 'worker-joined', worker: workers.size, definition, ...ofLife(incarnation) })
  const age = ageOf(workers.incarnation(worker), incarnation)
  // What drains or has left comes back as a new life only; an engine that counts no lives is taken at its word.
  if (age === 'former' || (age === 'known' && workers.isLeaving(worker)))
    return note(`life ${String(incarnation)} of worker ${definition.id} is over`)
  return ofWorker(workers, age, { kind: 'worker-joined', worker, definition, ...ofLife(incarnation) })
}

function judgeLeave(
  { workers }: RunState,
  signal: Extract<Signal, { kind: 'worker-draining' | 'worker-left' }>,
  because: string,
): Judgement {
  const { kind, worker: id, incarnation } = signal
  const worker = workers.handle(id)
  if (worker === undefined) return note(`worker ${id} is not known`)
  const age = ageOf(workers.incarnation(worker), incarnation)
  if (age === 'former') return note(`life ${String(incarnation)} of worker ${id} is over`)
  // A worker that its owner has not seen again since the run was opened may still hold attempts: they end with it.
  if (age !== 'next' && workers.state(worker) === 'left' && workers.open(worker) === 0)
    return note(`worker ${id} has left already`)
  return ofWorker(workers, age, { kind, worker, because, ...ofLife(incarnation) })
}

/** Whether a signal is about the life of a worker that is known, one before it or one after it. */
function ageOf(known: number | undefined, told: number | undefined): 'former' | 'known' | 'next' | 'unsaid' {
  if (known === undefined || told === undefined) return 'unsaid'
  return told < known ? 'former' : told > known ? 'next' : 'known'
}

/** With the life before goes what it still runs, whether its leave is on its way or got lost. */
function ofWorker(
  workers: WorkerTable,
  age: ReturnType<typeof ageOf>,
  entry: Extract<Entry, { kind: 'worker-joined' | 'worker-draining' | 'worker-left' }>,
): Judgement {
  const { worker } = entry
  if (age !== 'next' || workers.open(worker) === 0) return accept(entry)
  return { kind: 'accepted', entries: [{ kind: 'worker-left', worker, because: 'its next life began' }, entry] }
}

function ofLife(incarnation: number | undefined): { readonly incarnation?: number } {
  return incarnation === undefined ? {} : { incarnation }
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
      if (isPreempted(state, row, signal.outcome)) return accept({ kind: 'lost', task, n, cause: 'pre-empted' })
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

/** Whether it ended because it made room: uncharged and open again, unless it came to something first or is over anyway. */
function isPreempted(state: RunState, row: number, { result }: Outcome): boolean {
  if (state.keptPlaces.size === 0 || !state.keptPlaces.has(row)) return false
  return result !== 'passed' && result !== 'skipped' && !state.cancelledBy.has(state.attempts.task(row))
}

function late(attempt: AttemptRef, kind: string): string {
  return `${kind} of ${attemptLabel(attempt)} came late or twice`
}

function accept(entry: Entry): Judgement {
  return { kind: 'accepted', entries: [entry] }
}

function note(text: string): Judgement {
  return { kind: 'note', text }
}
