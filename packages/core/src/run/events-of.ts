// What observers are told of a commit, worked out from its entries and the state right after it.
import type { RunEvent, TaskRetrying } from '../events/run-event.ts'
import type { TaskDefinition } from '../model/task.ts'
import type { ProvisionalNews } from '../ports/engine.ts'
import type { Entry, GaveUp, Retrying } from './entry.ts'
import { policyFailedText } from './policy-failed-text.ts'
import { recoveryReport } from './recovery-report.ts'
import { failedAttempt, ruleOf } from './retry-question.ts'
import type { RunState } from './run-state.ts'
import { asDependency } from './task-table.ts'

/** The event of one entry, or nothing where it is of no interest outside. Verdicts are told separately. */
export function eventOf(state: RunState, entry: Entry, position: number): RunEvent | undefined {
  const { atMs } = state
  switch (entry.kind) {
    case 'run-opened':
      return {
        kind: 'run-started',
        run: state.run,
        epoch: entry.epoch,
        resumed: entry.epoch > 1,
        tasks: state.tasks.size,
        position,
        atMs,
      }
    case 'tasks-added':
      return { kind: 'tasks-added', tasks: entry.tasks.map((task) => task.id), position, atMs }
    case 'worker-joined':
      return { kind: 'worker-joined', worker: entry.definition, position, atMs }
    case 'worker-left':
      return {
        kind: 'worker-left',
        worker: state.workers.definition(entry.worker).id,
        because: entry.because,
        position,
        atMs,
      }
    case 'launched':
      return {
        kind: 'attempt-launched',
        task: state.tasks.id(entry.task),
        n: entry.n,
        worker: state.workers.definition(entry.worker).id,
        dependsOn: waitedFor(state, entry.task),
        position,
        atMs,
      }
    case 'started':
      return { kind: 'attempt-started', task: state.tasks.id(entry.task), n: entry.n, position, atMs }
    case 'ended':
      return {
        kind: 'attempt-ended',
        task: state.tasks.id(entry.task),
        n: entry.n,
        outcome: entry.outcome,
        position,
        atMs,
      }
    case 'lost':
      return {
        kind: 'attempt-lost',
        task: state.tasks.id(entry.task),
        n: entry.n,
        cause: entry.cause,
        ...(entry.causedBy === undefined
          ? {}
          : { causedBy: { task: state.tasks.id(entry.causedBy.task), n: entry.causedBy.n } }),
        position,
        atMs,
      }
    case 'breaker':
      return {
        kind: 'breaker-changed',
        key: entry.key,
        state: entry.state.kind,
        because: entry.because,
        ...(entry.state.kind === 'open' ? { untilMs: entry.state.untilMs } : {}),
        position,
        atMs,
      }
    case 'quarantined':
    case 'quarantine-lifted': {
      const { because } = entry
      const kind = entry.kind === 'quarantined' ? 'worker-quarantined' : 'quarantine-lifted'
      return { kind, worker: state.workers.definition(entry.worker).id, because, position, atMs }
    }
    case 'retrying':
      return {
        kind: 'task-retrying',
        task: state.tasks.id(entry.task),
        n: nextAttempt(state, entry.task),
        // A difference of two moments is hardly ever whole in its last digits.
        delayMs: Math.max(0, Math.round((entry.dueMs - state.atMs) * 1000) / 1000),
        attemptsLeft: attemptsLeft(state, entry.task),
        ...whyRetried(entry),
        position,
        atMs,
      }
    case 'gave-up':
      return hadAnother(state, entry)
        ? {
            kind: 'task-gave-up',
            task: state.tasks.id(entry.task),
            n: state.tasks.n(entry.task),
            because: entry.because,
            ...(entry.budgetLeft === undefined ? {} : { budgetLeft: entry.budgetLeft }),
            position,
            atMs,
          }
        : undefined
    case 'paused':
    case 'unpaused':
      return { kind: entry.kind === 'paused' ? 'run-paused' : 'run-unpaused', position, atMs }
    case 'draining':
      return { kind: 'run-draining', by: entry.by, hard: entry.hard, position, atMs }
    case 'cancel-requested':
      return entry.scope.kind === 'run'
        ? { kind: 'run-draining', by: entry.by, hard: entry.running === 'cancel', position, atMs }
        : undefined
    case 'policy-failed':
      return { kind: 'note', text: policyFailedText(entry), position, atMs }
    case 'run-begun':
    case 'source-closed':
    case 'group-sealed':
    case 'worker-draining':
    case 'cancelling':
    case 'delay-elapsed':
    case 'edge-expired':
    case 'unplaceable':
    case 'finished':
      return undefined
  }
}

/** The provisional event of an open attempt's news; nothing for what is over or belongs to another run. */
export function eventOfNews(state: RunState, news: ProvisionalNews, position: number): RunEvent | undefined {
  const { run, task: handle, n } = news.attempt
  const open = handle < state.tasks.size ? state.openAttempt(handle) : undefined
  if (open?.n !== n || run !== state.run) return undefined
  const { atMs } = state
  const task = state.tasks.id(handle)
  switch (news.kind) {
    case 'progress':
      return { kind: 'attempt-progress', task, n, fraction: news.fraction, message: news.message, position, atMs }
    case 'output':
      return { kind: 'attempt-output', task, n, stream: news.stream, text: news.text, position, atMs }
    case 'case':
      return { kind: 'case-ended', task, n, result: news.result, position, atMs }
  }
}

/** A retry without delay may have been launched in the very commit that decided it. */
function nextAttempt(state: RunState, task: number): number {
  return state.openAttempt(task)?.n ?? state.tasks.n(task) + 1
}

function attemptsLeft(state: RunState, task: number): number {
  const last = state.endingsOf(task).findLast((ending) => ending.kind === 'ended')
  return ruleOf(state, task, last && failedAttempt(last.outcome)).maxAttempts - state.tasks.charged(task)
}

function whyRetried({ because, budgetLeft, retryAfterMs, prefers, scope, recovery }: Retrying): Partial<TaskRetrying> {
  return {
    ...(because === undefined ? {} : { because }),
    ...(budgetLeft === undefined ? {} : { budgetLeft }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(prefers === undefined ? {} : { prefers }),
    ...(scope === undefined ? {} : { scope }),
    ...recoveryReport(recovery),
  }
}

/** Whether there was anything to give up: not where one attempt was all that was asked for, or somebody wanted an end. */
function hadAnother(state: RunState, { task, because }: GaveUp): boolean {
  if (!state.explainsRetries || because === 'cancelled') return false
  return because !== 'exhausted' || state.tasks.charged(task) > 1
}

/** What the task had waited for. Told at every launch, so a list of names is passed on as it is. */
function waitedFor(state: RunState, task: number): readonly string[] | undefined {
  const { dependsOn } = state.tasks.definition(task)
  if (dependsOn === undefined || dependsOn.length === 0) return undefined
  if (isNamesOnly(dependsOn)) return dependsOn
  const names = dependsOn.map(asDependency).flatMap(({ on, kind }) => (kind === 'optional' ? [] : [on]))
  return names.length === 0 ? undefined : names
}

function isNamesOnly(dependsOn: NonNullable<TaskDefinition['dependsOn']>): dependsOn is readonly string[] {
  for (const given of dependsOn) if (typeof given !== 'string') return false
  return true
}
