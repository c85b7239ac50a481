// The one place where a run's state changes. Asks nobody, decides nothing and never throws for what came from outside:
// whatever was worth judging was judged before it became an entry.
import { invariant } from '../errors/invariant.ts'
import type { Outcome } from '../model/outcome.ts'
import type { Claim } from '../ports/policy.ts'
import { addTasks, closeSource } from './add-tasks.ts'
import { expiryEffect } from './edge-table.ts'
import { isChargedFor } from '../model/is-charged-for.ts'
import type { Ended, Entry, Launched, Lost, Retrying } from './entry.ts'
import {
  allowWorkers,
  evolveBreaker,
  forgetProbation,
  noteEnd,
  noteLaunch,
  noteLoss,
  shortenHolds,
} from './evolve-breakers.ts'
import { ledgerOfClaim } from './ledger-table.ts'
import { noteDeath } from './note-death.ts'
import { keepPlace, vacatePlace } from './keep-place.ts'
import type { RunState } from './run-state.ts'
import { expireEdge, type Late, makeReady, sealGroup, settleTask, settleTasks } from './settle.ts'
import type { CancelScope } from './signal.ts'
import { nextStanding, standingKey } from './ladder-standing.ts'
import { taskStatus } from './task-status.ts'
import { tasksInScope } from './tasks-in-scope.ts'

/** Applies one entry to the state. `state.atMs` must hold the time of its commit. */
export function evolve(state: RunState, entry: Entry): void {
  switch (entry.kind) {
    case 'run-begun':
      state.run = entry.run
      state.name = entry.name
      state.seed = entry.seed
      state.options = entry.options
      if (entry.options.deadlineMs !== null) {
        state.due.push({ atMs: entry.options.deadlineMs, kind: 'run-deadline', about: 0 })
      }
      return
    case 'run-opened':
      state.epoch = entry.epoch
      // A drain holds until here, a pause until it is undone.
      if (state.phase !== 'paused') state.phase = 'running'
      state.ending = undefined
      state.workers.forgetAll()
      state.vacated.length = 0
      if (entry.downMs !== undefined) shortenWaits(state, entry.downMs)
      if (entry.downMs !== undefined) shortenHolds(state, entry.downMs)
      return
    case 'tasks-added':
      addTasks(state, entry)
      return
    case 'source-closed':
      if (state.isBatchOpen) state.pending.isLast = true
      else closeSource(state)
      return
    case 'group-sealed': {
      const group = state.tasks.groupHandle(entry.group)
      if (group !== undefined) sealGroup(state, group)
      return
    }
    case 'worker-joined':
      state.workers.join(entry.worker, entry.definition, entry.incarnation)
      if (state.breakers.shut.size > 0) allowWorkers(state)
      return
    case 'worker-draining':
      state.workers.leave(entry.worker, 'draining', entry.incarnation)
      return
    case 'worker-left':
      state.workers.leave(entry.worker, 'left', entry.incarnation)
      return
    case 'launched':
      evolveLaunch(state, entry)
      return
    case 'started': {
      const open = state.openAttempt(entry.task)
      if (open?.n === entry.n) state.attempts.start(open.row, state.atMs)
      return
    }
    case 'ended':
      evolveEnd(state, entry)
      return
    case 'lost':
      evolveLoss(state, entry)
      return
    case 'cancelling': {
      const open = state.openAttempt(entry.task)
      if (open?.n !== entry.n) return
      state.cancelling.set(open.row, entry.because)
      if (entry.makesRoomFor !== undefined) keepPlace(state, open.row, entry.makesRoomFor)
      return
    }
    case 'retrying':
      evolveRetry(state, entry)
      return
    case 'gave-up':
      settleTask(state, entry.task, { kind: 'gave-up', because: entry.because })
      return
    case 'delay-elapsed':
      state.endBackOff(entry.task)
      state.backedOffMs.set(state.tasks.lastAttempt(entry.task), state.atMs)
      makeReady(state, entry.task)
      return
    case 'edge-expired': {
      const kind = state.tasks.edgeKind(entry.edge)
      if (kind !== 'settled') expireEdge(state, entry.edge, expiryEffect(kind), lateOf(state, entry.edge))
      return
    }
    case 'breaker':
      evolveBreaker(state, entry)
      return
    case 'quarantined':
    case 'quarantine-lifted':
      state.workers.setQuarantine(entry.worker, entry.kind === 'quarantined' ? entry.because : undefined)
      forgetProbation(state, state.workers.definition(entry.worker).id)
      return
    case 'policy-failed':
      state.policyFailures.push(entry)
      return
    case 'unplaceable':
      settleTask(state, entry.task, { kind: 'unplaceable', missing: entry.missing })
      return
    case 'cancel-requested':
      evolveCancel(state, entry.scope, entry.by)
      return
    case 'paused':
      if (state.phase === 'running') state.phase = 'paused'
      return
    case 'unpaused':
      if (state.phase === 'paused') state.phase = 'running'
      return
    case 'draining':
      state.phase = 'draining'
      return
    case 'finished':
      state.phase = 'over'
      state.ending = entry.ending
      return
  }
}

/** Waits for a retry count the time in which nobody owned the run. A due time that is left behind is not meant any more. */
function shortenWaits(state: RunState, downMs: number): void {
  for (const [task, waitedMs] of [...state.dueMs]) {
    state.endBackOff(task)
    state.backOff(task, Math.max(state.atMs, waitedMs - downMs))
  }
}

function evolveRetry(state: RunState, entry: Retrying): void {
  const { task, dueMs, isPaid, because, prefers, resources, scope } = entry
  state.tasks.setStatus(task, taskStatus.backingOff)
  state.backOff(task, dueMs)
  if (isPaid === true) state.paidRetries++
  if (because === 'detect-flakiness') state.flakinessRetries++
  if (prefers !== undefined) state.wishes.set(task, prefers)
  if (scope !== undefined) state.scopes.set(task, scope)
  else if (state.scopes.size > 0) state.scopes.delete(task)
  if (entry.recovery !== undefined || state.recoveries.size > 0) evolveRecovery(state, entry)
  if (resources === undefined) return
  const definition = state.tasks.definition(task)
  const ledgers = state.classes.get(state.tasks.taskClass(task))?.ledgers ?? []
  const enlarged = { ...definition, needs: { ...definition.needs, resources } }
  state.tasks.setTaskClass(task, state.classes.classOf(enlarged, ledgers).handle)
}

/** The rung that the next attempt takes. One that was lost has not been tried: what follows it is made alike. */
function evolveRecovery(state: RunState, { task, recovery }: Retrying): void {
  const row = state.tasks.lastAttempt(task)
  const hasEnded = state.attempts.ending(row)?.kind === 'ended'
  const taken = recovery ?? (hasEnded ? state.recoveries.get(row) : state.recoveryOf(row))
  if (taken !== undefined) state.recoveries.set(row, taken)
  if (taken?.inFlight !== undefined) state.restrain(task, taken.inFlight)
  else state.easeFor(task)
}

/** What a recovery came to moves where failures of its kind begin. */
function evolveStanding(state: RunState, row: number, { result, failure }: Outcome): void {
  const taken = state.recoveryOf(row)
  if (taken === undefined) return
  const hasHelped = result === 'passed'
  if (!hasHelped && failure?.category !== taken.category) return
  const key = standingKey(state.tasks.definition(state.attempts.task(row)).kind, taken.category)
  state.ladders.set(key, nextStanding(state.ladders.get(key), { rung: taken.rung, hasHelped }))
}

function evolveLaunch(state: RunState, { task, n, worker, claims }: Launched): void {
  const { tasks, attempts } = state
  const row = attempts.open(task, worker, tasks.lastAttempt(task), state.atMs)
  noteLaunch(state, row, task, worker)
  if (state.suspicion.size > 0 && state.suspicion.has(task)) state.openSuspects.set(task, worker)
  const counted = tasks.countAttempt(task, row)
  invariant(counted === n, 'attempts are numbered 1, 2, 3')
  tasks.setStatus(task, taskStatus.running)
  state.running.add(task)
  const taskClass = state.classes.get(tasks.taskClass(task))
  invariant(taskClass, 'every task has a class')
  state.workers.take(worker, taskClass.needs)
  for (const ledger of taskClass.ledgers) state.ledgers.take(ledger)
  if (claims !== undefined) takeClaims(state, row, claims)
  if (state.wishes.size > 0) state.wishes.delete(task)
  if (state.scopes.size > 0) useScope(state, task, row)
}

/** What the last retry asked for is what this attempt runs, and no longer what is asked for. */
function useScope({ scopes, scopesOfRows }: RunState, task: number, row: number): void {
  const scope = scopes.get(task)
  if (scope === undefined) return
  scopes.delete(task)
  scopesOfRows.set(row, scope)
}

function evolveEnd(state: RunState, entry: Ended): void {
  const { task, n, outcome } = entry
  const row = closeRow(state, task, n)
  state.attempts.end(row, outcome, state.atMs)
  noteEnd(state, row, outcome)
  if (state.recoveries.size > 0) {
    evolveStanding(state, row, outcome)
    state.easeFor(task)
  }
  switch (outcome.result) {
    case 'passed':
    case 'skipped':
      settleTask(state, task, undefined)
      return
    case 'failed':
    case 'timed-out':
    case 'cancelled':
      if (!state.explainsRetries || isChargedFor(outcome.failure?.category)) state.tasks.charge(task)
      state.tasks.setStatus(task, taskStatus.deciding)
      return
  }
}

function evolveLoss(state: RunState, entry: Lost): void {
  const row = closeRow(state, entry.task, entry.n)
  state.attempts.lose(row, entry.cause, state.atMs)
  noteLoss(state, row, entry.cause === 'worker' && noteDeath(state, row, entry.causedBy))
  state.tasks.setStatus(entry.task, taskStatus.deciding)
}

function takeClaims(state: RunState, row: number, claims: readonly Claim[]): void {
  state.claims.set(row, claims)
  for (const claim of claims) state.ledgers.take(ledgerOf(state, claim), claim.amount)
}

function giveClaims(state: RunState, row: number): void {
  const claims = state.claims.get(row)
  if (claims === undefined) return
  state.claims.delete(row)
  for (const claim of claims) state.ledgers.give(ledgerOf(state, claim), claim.amount)
}

function ledgerOf({ ledgers }: RunState, claim: Claim): number {
  return ledgers.open(ledgerOfClaim(claim), claim.limit)
}

/** Takes the open attempt out of the books and says its row. */
function closeRow(state: RunState, task: number, n: number): number {
  const { tasks } = state
  const row = tasks.lastAttempt(task)
  invariant(row >= 0 && tasks.n(task) === n && state.attempts.isOpen(row), 'only the open attempt is closed')
  const taskClass = state.classes.get(tasks.taskClass(task))
  invariant(taskClass, 'every task has a class')
  if (state.keptPlaces.size > 0) vacatePlace(state, row)
  state.workers.give(state.attempts.worker(row), taskClass.needs)
  for (const ledger of taskClass.ledgers) state.ledgers.give(ledger)
  if (state.claims.size > 0) giveClaims(state, row)
  state.running.delete(task)
  if (state.openSuspects.size > 0) state.openSuspects.delete(task)
  if (state.cancelling.size > 0) state.cancelling.delete(row)
  return row
}

function evolveCancel(state: RunState, scope: CancelScope, by: string): void {
  const { tasks } = state
  if (scope.kind === 'run') state.stoppedBy = by
  const cancelled: number[] = []
  for (const task of tasksInScope(state, scope)) {
    const status = tasks.status(task)
    if (status === taskStatus.judged) continue
    if (status === taskStatus.running || status === taskStatus.deciding) state.cancelledBy.set(task, by)
    else {
      state.endBackOff(task)
      cancelled.push(task)
    }
  }
  settleTasks(state, cancelled, () => ({ kind: 'cancelled', by }))
}

function lateOf({ tasks }: RunState, edge: number): Late {
  const target = tasks.edgeTarget(edge)
  const by = target >= 0 ? tasks.id(target) : tasks.groupId(-target - 1)
  for (const given of tasks.definition(tasks.edgeTask(edge)).dependsOn ?? []) {
    if (typeof given !== 'string' && given.on === by && given.timeLimitMs !== undefined) {
      return { by, limitMs: given.timeLimitMs }
    }
  }
  invariant(false, 'only an edge with a time limit runs out of time')
}
