// Everything a run is, and what may be asked of it. Changed by `evolve` alone; holds no policy, no clock and no plan.
import { invariant } from '../errors/invariant.ts'
import type { AttemptReport, BreakerReport, RunEnding, TaskReport, WorkerReport } from '../model/report.ts'
import type { CaseScope } from '../model/outcome.ts'
import type { GroupDefinition, TaskDefinition } from '../model/task.ts'
import type { Verdict, VerdictKind } from '../model/verdict.ts'
import type { TaskFacts } from '../model/facts.ts'
import type { Claim } from '../ports/policy.ts'
import { AttemptTable } from './attempt-table.ts'
import { BreakerTable } from './breaker-table.ts'
import { DueTimes } from './due-times.ts'
import { firstCause } from './first-cause.ts'
import type { RecoveryTaken } from '../recovery/recovery-used.ts'
import type { PolicyFailed } from './entry.ts'
import type { LadderStanding } from './ladder-standing.ts'
import { recoveryReport } from './recovery-report.ts'
import type { KernelOptions } from './kernel-options.ts'
import type { KeptPlace } from './kept-place.ts'
import { HandleBag } from './handle-bag.ts'
import { judge, type AttemptEnding, type TaskEnding } from './judge.ts'
import { LedgerTable } from './ledger-table.ts'
import type { ResolvedEdges } from './resolved-edges.ts'
import { ResourceNames, TaskClasses } from './task-classes.ts'
import { taskStatus } from './task-status.ts'
import { asDependency, TaskTable } from './task-table.ts'
import { WorkerTable } from './worker-table.ts'

/** Whether anything may be placed, and why not. */
export type RunPhase = 'open' | 'running' | 'paused' | 'draining' | 'over'

/** An attempt that is open now. */
export interface OpenRow {
  readonly task: number
  readonly n: number
  readonly row: number
}

/** The state of a run. Its tables are internal to the kernel; the questions at the end are what others may ask. */
export class RunState {
  readonly resources: ResourceNames = new ResourceNames()
  readonly classes: TaskClasses = new TaskClasses(this.resources)
  readonly tasks: TaskTable = new TaskTable()
  readonly attempts: AttemptTable = new AttemptTable()
  readonly workers: WorkerTable = new WorkerTable(this.resources)
  readonly ledgers: LedgerTable = new LedgerTable()
  readonly breakers: BreakerTable = new BreakerTable()
  readonly due: DueTimes = new DueTimes()

  run = ''
  name = ''
  seed = 0
  epoch = 0
  options: KernelOptions | undefined
  phase: RunPhase = 'open'
  ending: RunEnding | undefined
  sourceClosed = false
  atMs = 0
  /** Tasks without a verdict. */
  openTasks = 0
  /** Tasks whose verdict counts as a failure for `maxFailures`. */
  failures = 0
  /** Who cancelled the run as a whole, if anybody did. */
  stoppedBy: string | undefined

  /** Edges of the first tasks, where a graph has resolved them; not a part of the state, only a short cut to it. */
  resolved: ResolvedEdges | undefined
  /** Chunks of tasks that are not complete yet. */
  readonly pending: {
    tasks: TaskDefinition[]
    groups: GroupDefinition[]
    facts: Record<string, TaskFacts>
    /** The first task of each chunk. */
    readonly heads: Set<string | undefined>
    /** Whether the source closes once they are complete. */
    isLast: boolean
  } = { tasks: [], groups: [], facts: {}, heads: new Set(), isLast: false }
  /** Tasks with an open attempt. */
  readonly running: HandleBag = new HandleBag()
  /** Why a task is over, where its attempts alone do not say it. */
  readonly endings: Map<number, TaskEnding> = new Map()
  /** Who asked for the end of a task that was running. */
  readonly cancelledBy: Map<number, string> = new Map()
  /** Open attempts that were asked to end; the row of the attempt and why. */
  readonly cancelling: Map<number, string> = new Map()
  /** Places that are kept for a task until the attempt ends that makes room for it, by that attempt's row. */
  readonly keptPlaces: Map<number, KeptPlace> = new Map()
  /** Tasks whose kept place is free since the placement last looked. */
  readonly vacated: number[] = []
  /** When a task that backs off is tried again. */
  readonly dueMs: Map<number, number> = new Map()
  /** Milliseconds in which a task that backs off is tried again. */
  readonly #retryDues = new Set<number>()
  /** How many waits have begun, and which of them is that of a task. */
  #backOffs = 0
  readonly #backOffOf = new Map<number, number>()
  /** Retries that counted against the budget of the run. */
  paidRetries = 0
  /** Of these, those that only look for flakiness. */
  flakinessRetries = 0
  /** Which worker the next attempt of a task should have, where its retry says so. */
  readonly wishes: Map<number, 'other' | 'same'> = new Map()
  /** The cases that the next attempt of a task runs, where its retry says so. */
  readonly scopes: Map<number, CaseScope> = new Map()
  /** The cases that an attempt was to run, where it was not to run them all, by the attempt's row. */
  readonly scopesOfRows: Map<number, CaseScope> = new Map()
  /** The rung that was taken after an attempt, by the attempt's row; empty where no failure climbs a ladder. */
  readonly recoveries: Map<number, RecoveryTaken> = new Map()
  /** Where failures of one kind begin to climb, by `standingKey`. */
  readonly ladders: Map<string, LadderStanding> = new Map()
  /** While a task recovers: how many attempts may run before nothing is started, by task. */
  readonly restraints: Map<number, number> = new Map()
  /** What open attempts hold of named ledgers, by row, where the policy claimed something for them. */
  readonly claims: Map<number, readonly Claim[]> = new Map()
  /** How the policy failed, first failure first. */
  readonly policyFailures: PolicyFailed[] = []
  /** Run time at which the wait after an attempt was over, by the attempt's row: few attempts are followed by another. */
  readonly backedOffMs: Map<number, number> = new Map()
  /** Run time at which tasks came in, by the first of those that came in together; the first batch is left out. */
  readonly additions: { readonly first: number; readonly atMs: number }[] = []
  /** Deaths of workers that a task may have caused, by task. Each of them is a suspect, and suspects share no worker. */
  readonly suspicion: Map<number, number> = new Map()
  /** Workers of the suspects that have an open attempt. */
  readonly openSuspects: Map<number, number> = new Map()
  /** Attempts that were lost by the doing of another, by row, with the row of that one. */
  readonly collateral: Map<number, number> = new Map()
  /** The other way round: what else was lost with the attempt that is taken to be the cause. */
  readonly deaths: Map<number, number[]> = new Map()
  /** Tasks that became ready since the placement last looked; some may have moved on since. */
  readonly newlyReady: number[] = []
  /** Tasks judged since somebody last looked. */
  readonly newlyJudged: number[] = []
  readonly verdictCounts: Record<VerdictKind, number> = {
    passed: 0,
    flaky: 0,
    failed: 0,
    'timed-out': 0,
    blocked: 0,
    skipped: 0,
    cancelled: 0,
    poisoned: 0,
    unplaceable: 0,
  }

  /** Whether the rest of a batch of tasks is still to come. */
  get isBatchOpen(): boolean {
    return this.pending.tasks.length > 0 || this.pending.groups.length > 0
  }

  get settings(): KernelOptions {
    invariant(this.options, 'a run begins before anything else happens to it')
    return this.options
  }

  /** Whether the run says why it tries again; runs from before it did say nothing, and go on so. */
  get explainsRetries(): boolean {
    return this.settings.retry.categories !== undefined
  }

  /** Whether a task that backs off is tried again in that millisecond. */
  isRetryDueAt(atMs: number): boolean {
    return this.#retryDues.has(Math.round(atMs))
  }

  /** A task backs off until then. */
  backOff(task: number, dueMs: number): void {
    this.dueMs.set(task, dueMs)
    this.#retryDues.add(Math.round(dueMs))
    const n = ++this.#backOffs
    this.#backOffOf.set(task, n)
    this.due.push({ atMs: dueMs, kind: 'retry', about: task, n })
  }

  /** Whether a due time is the one that the task waits for. Others outlive their waits, longest where a run was read back. */
  isRetryMeant(task: number, n: number | undefined): boolean {
    return this.dueMs.has(task) && this.#backOffOf.get(task) === n
  }

  /** It backs off no longer. */
  endBackOff(task: number): void {
    const dueMs = this.dueMs.get(task)
    if (dueMs === undefined) return
    this.dueMs.delete(task)
    this.#backOffOf.delete(task)
    this.#retryDues.delete(Math.round(dueMs))
  }

  /** Leaves for the placement what a new one has to know: every task that is ready, and no change before now. */
  noteAllReady(): void {
    this.newlyReady.length = 0
    for (let task = 0; task < this.tasks.size; task++) {
      if (this.tasks.status(task) === taskStatus.ready) this.newlyReady.push(task)
    }
    this.workers.changed.length = 0
    this.workers.released.length = 0
    this.ledgers.released.length = 0
    this.breakers.released.length = 0
    this.breakers.touched.clear()
  }

  /** The rung that an attempt was made by, if it was by one. */
  recoveryOf(row: number): RecoveryTaken | undefined {
    return this.recoveries.size === 0 ? undefined : this.recoveries.get(this.attempts.before(row))
  }

  /** Until the task has recovered nothing is started while so many run. */
  restrain(task: number, inFlight: number): void {
    this.restraints.set(task, inFlight)
    this.workers.limit(Math.min(...this.restraints.values()))
  }

  /** It has, or never will. */
  easeFor(task: number): void {
    if (this.restraints.delete(task)) this.workers.limit(Math.min(...this.restraints.values()))
  }

  /** The open attempt of a task, if it has one. */
  openAttempt(task: number): OpenRow | undefined {
    const row = this.tasks.lastAttempt(task)
    return row >= 0 && this.attempts.isOpen(row) ? { task, n: this.tasks.n(task), row } : undefined
  }

  /** Endings of the task's attempts, oldest first; the open one is left out. */
  endingsOf(task: number): readonly AttemptEnding[] {
    const endings: AttemptEnding[] = []
    for (let row = this.tasks.lastAttempt(task); row >= 0; row = this.attempts.before(row)) {
      const ending = this.attempts.ending(row)
      if (ending !== undefined) endings.push(ending)
    }
    return endings.reverse()
  }

  /** The verdict of a task, or nothing while it is open. */
  verdict(task: number): Verdict | undefined {
    if (this.tasks.status(task) !== taskStatus.judged) return undefined
    if (this.tasks.verdictKind(task) === 'passed') return { kind: 'passed' }
    return judge({
      attempts: this.endingsOf(task),
      ending: this.endings.get(task) ?? { kind: 'settled' },
      cancelledBy: this.cancelledBy.get(task),
    })
  }

  /** One task with its attempts, as reports show it. */
  taskReport(task: number): TaskReport {
    const { id, kind, file, tags, groups, dependsOn } = this.tasks.definition(task)
    const waited = dependsOn?.map(asDependency).filter((dependency) => dependency.kind !== 'optional')
    const on = waited === undefined || waited.length === 0 ? undefined : waited.map((dependency) => dependency.on)
    return {
      id,
      kind,
      file,
      tags,
      groups,
      dependsOn: on,
      holds: this.#holds(task),
      addedAtMs: this.#addedAtMs(task),
      verdict: this.verdict(task),
      attempts: this.#attemptReports(task),
    }
  }

  /** Locks, limits of groups and amounts that the task takes beside slots; nothing for most. */
  #holds(task: number): readonly string[] | undefined {
    const { needs, groups } = this.tasks.definition(task)
    if (needs === undefined && groups === undefined) return undefined
    const limited = groups?.filter((id) => {
      const group = this.tasks.groupHandle(id)
      return group !== undefined && this.tasks.groupLimit(group) !== undefined
    })
    const amounts = Object.keys(needs?.resources ?? {}).filter((name) => name !== 'slots')
    const holds = [
      ...(needs?.locks ?? []).map((name) => `lock ${name}`),
      ...(limited ?? []).map((name) => `group ${name}`),
      ...amounts,
    ]
    return holds.length === 0 ? undefined : holds
  }

  #addedAtMs(task: number): number | undefined {
    let low = 0
    let high = this.additions.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.additions[middle]?.first ?? 0) <= task) low = middle + 1
      else high = middle
    }
    return this.additions[low - 1]?.atMs
  }

  /** Every worker that ever joined, as reports show it. */
  workerReports(): readonly WorkerReport[] {
    return Array.from({ length: this.workers.size }, (_, worker) => {
      const { id, capacity, host } = this.workers.definition(worker)
      const quarantine = this.workers.quarantine(worker)
      return { id, slots: capacity['slots'] ?? 1, host, ...(quarantine === undefined ? {} : { quarantine }) }
    })
  }

  #endingReport(row: number): AttemptReport['ending'] {
    const ending = this.attempts.ending(row) ?? { kind: 'open' }
    if (ending.kind !== 'lost' || this.deaths.size === 0) return ending
    const causedBy = firstCause(this, row)
    return causedBy === undefined ? ending : { ...ending, causedBy }
  }

  /** Every breaker that opened, as reports show it; nothing where none did. */
  breakerReports(): readonly BreakerReport[] | undefined {
    const opened = this.breakers.rows.filter(({ state }) => state.opened > 0)
    if (opened.length === 0) return undefined
    return opened.map(({ key, state, because }) => ({ key, state: state.kind, because, openings: state.opened }))
  }

  #attemptReports(task: number): readonly AttemptReport[] {
    const reports: AttemptReport[] = []
    let n = this.tasks.n(task)
    for (let row = this.tasks.lastAttempt(task); row >= 0; row = this.attempts.before(row)) {
      reports.push({
        n: n--,
        worker: this.workers.definition(this.attempts.worker(row)).id,
        readyAtMs: this.backedOffMs.get(this.attempts.before(row)),
        ...recoveryReport(this.recoveryOf(row)),
        launchedAtMs: this.attempts.launchedAtMs(row),
        startedAtMs: this.attempts.startedAtMs(row),
        closedAtMs: this.attempts.closedAtMs(row),
        scope: this.scopesOfRows.get(row),
        ending: this.#endingReport(row),
      })
    }
    return reports.reverse()
  }
}
