// Why a task is where it is, in words: what it waits for, who refused it, what would wake it, or how it came to its verdict.
import { MusterError } from '../errors/muster-error.ts'
import { nearestName } from '../graph/nearest-name.ts'
import type { CaseScope } from '../model/outcome.ts'
import { scopeText } from '../model/scope-text.ts'
import type { Verdict } from '../model/verdict.ts'
import { explainRecovery } from '../recovery/recovery-used.ts'
import { awaitedName } from './awaited-name.ts'
import { nameOfKey } from './breaker-key.ts'
import { heldBy } from './breaker-keys.ts'
import type { Kernel } from './kernel.ts'
import { taskStatus, taskStatusName } from './task-status.ts'

/** A task's situation, for people and programs. */
export interface Explanation {
  readonly task: string
  readonly status: ReturnType<typeof taskStatusName>
  /** Whole sentences, most telling first. */
  readonly sentences: readonly string[]
  /** Ids of the tasks and groups that it still waits for. */
  readonly waitsFor: readonly string[]
}

/** Explains one task of a run. Throws `TASK_UNKNOWN` for an id that is not there. */
export function explain(kernel: Kernel, id: string): Explanation {
  const { state } = kernel
  const task = state.tasks.handle(id)
  if (task === undefined) {
    const nearest = nearestName(
      id,
      state.tasks.definitions.map((definition) => definition.id),
    )
    throw new MusterError('TASK_UNKNOWN', {
      expected: 'the id of a task of the run',
      got: JSON.stringify(id),
      remedy: nearest === undefined ? undefined : `Did you mean ${JSON.stringify(nearest)}?`,
    })
  }
  const status = state.tasks.status(task)
  const waitsFor = waits(kernel, task)
  return { task: id, status: taskStatusName(status), sentences: sentences(kernel, task, waitsFor), waitsFor }
}

function sentences(kernel: Kernel, task: number, waitsFor: readonly string[]): readonly string[] {
  const { state } = kernel
  switch (state.tasks.status(task)) {
    case taskStatus.waiting:
      return [`It waits for ${waitsFor.join(', ')} to end.`]
    case taskStatus.ready:
      return [whyNotPlaced(kernel, task)]
    case taskStatus.running: {
      const row = state.tasks.lastAttempt(task)
      const worker = state.workers.definition(state.attempts.worker(row)).id
      const kept = state.keptPlaces.get(row)
      return [
        `Attempt ${String(state.tasks.n(task))} was placed on ${worker} ${seconds(state.attempts.launchedAtMs(row))} into the run, and has not ended${part(state.scopesOfRows.get(row))}.`,
        ...(kept === undefined ? [] : [`It was asked to make room: ${state.cancelling.get(row) ?? ''}.`]),
      ]
    }
    case taskStatus.backingOff:
      return [
        `Attempt ${String(state.tasks.n(task))} did not pass; the next one starts ${seconds(state.dueMs.get(task) ?? 0)} into the run${nextRung(state, task)}${part(state.scopes.get(task))}.`,
      ]
    case taskStatus.deciding:
      return ['Its last attempt is over and what follows is being decided.']
    case taskStatus.judged: {
      const verdict = state.verdict(task)
      return verdict === undefined ? [] : [verdictSentence(verdict), ...attemptSentences(kernel, task)]
    }
  }
}

/** What the next attempt is made by. */
function nextRung(state: Kernel['state'], task: number): string {
  const taken = state.recoveries.get(state.tasks.lastAttempt(task))
  return taken === undefined ? '' : ` (${explainRecovery(taken)})`
}

/** Which cases an attempt runs, where it does not run all. */
function part(scope: CaseScope | undefined): string {
  return scope === undefined ? '' : ` (re-running ${scopeText(scope)})`
}

function attemptSentences(kernel: Kernel, task: number): readonly string[] {
  return kernel.state.taskReport(task).attempts.map((attempt) => {
    const { ending } = attempt
    const by = attempt.recovery === undefined ? '' : ` (${explainRecovery(attempt.recovery)})`
    const name = `Attempt ${String(attempt.n)} on ${attempt.worker}${by}${part(attempt.scope)}`
    switch (ending.kind) {
      case 'open':
        return `${name} is open.`
      case 'lost':
        return `${name} was lost: ${ending.cause}.`
      case 'ended': {
        const { result, durationMs, failure } = ending.outcome
        return `${name}: ${result} after ${seconds(durationMs)}${failure === undefined ? '' : ` (${oneLine(failure.message)})`}.`
      }
    }
  })
}

/** A verdict as a sentence. */
export function verdictSentence(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'passed':
      return 'It passed.'
    case 'flaky':
      return verdict.failedAttempts === 0
        ? 'It is flaky: a case passed only after the runner repeated it.'
        : `It is flaky: it passed after ${String(verdict.failedAttempts)} failed attempt${verdict.failedAttempts === 1 ? '' : 's'}.`
    case 'failed':
      return sentence('It failed', verdict.failure?.message)
    case 'timed-out':
      return sentence('It ran out of time', verdict.failure?.message)
    case 'blocked':
      return verdict.limitMs === undefined
        ? `It never ran: ${verdict.by} did not pass.`
        : `It never ran: ${verdict.by} had not passed within ${seconds(verdict.limitMs)}, the time limit of the dependency.`
    case 'skipped':
      return `It was skipped: ${verdict.because}.`
    case 'cancelled':
      return `It was cancelled by ${verdict.by}.`
    case 'poisoned':
      return `It was taken out: ${String(verdict.workersLost)} workers died under it.`
    case 'unplaceable':
      return `No worker could run it; missing: ${verdict.missing.join(', ')}.`
  }
}

/** Messages are foreign: they may have many lines, and end as they like. */
function sentence(what: string, message: string | undefined): string {
  const text = message === undefined ? what : `${what}: ${oneLine(message)}`
  return /[.!?…]$/.test(text) ? text : `${text}.`
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

/** Why a ready task has not been placed; its placement must have been refreshed. */
export function whyNotPlaced(kernel: Kernel, task: number): string {
  const { state, placement } = kernel
  const kept = [...state.keptPlaces].find(([, place]) => place.task === task)
  if (kept !== undefined)
    return `It is ready; ${state.tasks.id(state.attempts.task(kept[0]))} makes room for it, and it goes on when that has ended.`
  if (state.ending === 'interrupted') return 'It is ready; the run was interrupted, and a resume goes on with it.'
  if (state.phase !== 'running') return `It is ready; the run is ${state.phase}.`
  if (state.workers.isLimited) return restraintSentence(state)
  const rejection = placement.rejection(task)
  if (rejection !== undefined) {
    return `It is ready; ${rejection.by} refused it: ${rejection.because}. It is asked again on a change of ${rejection.wakesOn}.`
  }
  const breaker = state.breakers.shut.size === 0 ? undefined : heldBy(state, task)
  if (breaker !== undefined) return heldSentence(state, breaker)
  const taskClass = state.classes.get(state.tasks.taskClass(task))
  const obstacle = taskClass === undefined ? undefined : placement.obstacle(taskClass)
  switch (obstacle?.kind) {
    case 'ledger':
      return `It is ready; ${obstacle.ledger} is taken, and it goes on when that is given back.`
    case 'no-worker':
      return `It is ready; no worker could run it so far; missing: ${obstacle.missing.join(', ')}.`
    case 'held':
      return 'It is ready; breakers hold up each worker with room that could run it, and it goes on when one of them lets it.'
    case 'capacity':
      return 'It is ready; every worker that could run it is full, and it goes on when one has room.'
    case 'none':
    case undefined:
      return 'It is ready and will be placed with the next step.'
  }
}

/** Some task recovers with less beside it. */
function restraintSentence({ restraints, tasks }: Kernel['state']): string {
  const most = Math.min(...restraints.values())
  const [task] = [...restraints].find(([, inFlight]) => inFlight === most) ?? []
  const attempts = most === 1 ? 'one attempt' : `${String(most)} attempts`
  return `It is ready; the run keeps to ${attempts} at a time until ${task === undefined ? 'a task' : tasks.id(task)} has recovered, and it goes on then.`
}

/** What keeps a task from starting that a breaker holds. */
function heldSentence({ breakers }: Kernel['state'], breaker: number): string {
  const { key, state, because } = breakers.row(breaker)
  const until =
    state.kind === 'open' ? `tried again ${seconds(state.untilMs)} into the run` : 'being tried by another task now'
  return `It is ready; the breaker of ${nameOfKey(key)} is ${state.kind} (${because}), and is ${until}.`
}

function waits(kernel: Kernel, task: number): readonly string[] {
  const { tasks } = kernel.state
  const names: string[] = []
  if (tasks.status(task) !== taskStatus.waiting) return names
  for (let edge = 0; edge < tasks.edgeCount; edge++) {
    if (tasks.edgeTask(edge) !== task || tasks.edgeKind(edge) === 'settled') continue
    names.push(awaitedName(tasks, tasks.edgeTarget(edge)))
  }
  return names
}

function seconds(ms: number): string {
  return ms < 1000 ? `${String(Math.round(ms))} ms` : `${(ms / 1000).toFixed(1)} s`
}
