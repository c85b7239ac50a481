// The kernel: one effect-free object that every driver uses. A step judges what came in, decides what follows and places
// what can be placed; each thing it accepts or decides is an entry, and only `evolve` changes the state. So live is decide
// and evolve by turns, a resume is evolve alone, and both end in the same state. No clock, no dice with a memory, no I/O.
//
// After a step the state is ahead of the journal. Nothing of it may be carried out, acknowledged or shown before the step's
// entries are durable; if they cannot be made durable the object is thrown away.
import type { AttemptRef } from '../model/attempt.ts'
import type { Policy, PreemptionQuestion } from '../ports/policy.ts'
import { breakerDueMs } from '../resilience/next-breaker.ts'
import { blameDeath } from './blame-death.ts'
import { type BreakerKey, kindOfKey, subjectOfKey } from './breaker-key.ts'
import { decideBreaker } from './decide-breaker.ts'
import { decideQuarantine } from './decide-quarantine.ts'
import { endingOfLoss, type RetryQuestion } from './decide-retry.ts'
import type { Due } from './due-times.ts'
import type { RecoveryTaken } from '../recovery/recovery-used.ts'
import type { Entry } from './entry.ts'
import { evolve } from './evolve.ts'
import { ForgivingQuestions } from './forgiving-questions.ts'
import { type KernelSignal, judgeSignal } from './judge-signal.ts'
import type { GraphFacts } from './graph-facts.ts'
import { type Choice, Placement } from './placement.ts'
import { mayPreempt } from './may-preempt.ts'
import { happeningOf } from './happening-of.ts'
import { retryEntry } from './retry-question.ts'
import { RunState } from './run-state.ts'
import { heldRetries, spreadRetry } from './spread-retries.ts'
import type { CancelScope } from './signal.ts'
import { taskStatus } from './task-status.ts'
import { tasksInScope } from './tasks-in-scope.ts'

/** What a step came to. */
export interface Step {
  /** To be appended as one row. */
  readonly entries: readonly Entry[]
  /** Signals that changed nothing, and why. */
  readonly notes: readonly string[]
  /** Handles of the tasks that got their verdict. */
  readonly judged: readonly number[]
}

/** What has to be carried out after a run was opened again. */
export interface Outstanding {
  readonly attempts: readonly {
    readonly attempt: AttemptRef
    readonly worker: string
    readonly cancelled: string | undefined
  }[]
  readonly nextDueMs: number | undefined
}

/** Decides and remembers one run. */
export class Kernel {
  readonly state: RunState = new RunState()
  readonly #questions: ForgivingQuestions
  #placement: Placement
  #entries: Entry[] = []
  #notes: string[] = []

  constructor(policy: Policy) {
    this.#questions = new ForgivingQuestions(this.state, policy.forRun?.() ?? policy)
    this.#placement = new Placement(this.state, this.#questions)
  }

  /** What is queued and who sleeps; worked out anew whenever the run is opened. */
  get placement(): Placement {
    return this.#placement
  }

  /** What was worked out from the graph; asked for by the policy, never journaled. */
  informOfGraph(graph: GraphFacts): void {
    const { resolved, ...facts } = graph
    this.placement.graph = facts
    this.state.resolved = resolved
  }

  /** Judges signals, decides what follows from them and from the time, and places what can be placed. */
  step(signals: readonly KernelSignal[], nowMs: number): Step {
    this.beginStep(nowMs)
    for (const signal of signals) this.take(signal)
    return this.endStep()
  }

  /** First part of a step, for drivers that take signals one by one. */
  beginStep(nowMs: number): void {
    this.#entries = []
    this.#notes = []
    this.state.atMs = Math.max(this.state.atMs, nowMs)
  }

  /** Second part: judges one signal and decides what follows from it. */
  take(signal: KernelSignal): void {
    const judgement = judgeSignal(this.state, signal)
    if (judgement.kind === 'note') this.#notes.push(judgement.text)
    else {
      for (const entry of judgement.entries) {
        this.#emit(entry)
        this.#follow(entry)
      }
    }
  }

  /** Entries of the step so far. */
  get entries(): readonly Entry[] {
    return this.#entries
  }

  /** Last part: what the time brings, then placement, then whether the run is over. */
  endStep(): Step {
    this.#elapse()
    this.#place()
    this.#finish()
    return { entries: this.#entries, notes: this.#notes, judged: this.state.newlyJudged.splice(0) }
  }

  /** Applies the entries of a commit that is durable already. Asks nobody. */
  evolve(entries: readonly Entry[], atMs: number): void {
    this.state.atMs = Math.max(this.state.atMs, atMs)
    for (const entry of entries) this.#evolve(entry)
    this.state.newlyJudged.length = 0
  }

  /** When to step again though no signal came, in run time. */
  get nextDueMs(): number | undefined {
    const a = this.state.due.nextAtMs
    const b = this.placement.due.nextAtMs
    return a === undefined ? b : b === undefined ? a : Math.min(a, b)
  }

  /** Open attempts and cancels, for whoever opens the run. */
  outstanding(): Outstanding {
    const { state } = this
    const attempts = [...state.running].map((task) => {
      const row = state.tasks.lastAttempt(task)
      return {
        attempt: { run: state.run, task, n: state.tasks.n(task) },
        worker: state.workers.definition(state.attempts.worker(row)).id,
        cancelled: state.cancelling.get(row),
      }
    })
    return { attempts, nextDueMs: this.nextDueMs }
  }

  #emit(entry: Entry): void {
    this.#entries.push(entry)
    const lanes = this.#evolve(entry)
    if (lanes !== undefined) this.#placement.askLanes(lanes)
  }

  /** Changes the state by an entry, and lets the policy hear of it; the lanes whose keys are others now. */
  #evolve(entry: Entry): readonly string[] | undefined {
    evolve(this.state, entry)
    if (!this.#questions.observes) return undefined
    const happening = happeningOf(this.state, this.#questions, entry)
    return happening === undefined ? undefined : this.#questions.observe(happening)
  }

  /** What an accepted signal makes us decide at once. */
  #follow(entry: Entry): void {
    switch (entry.kind) {
      case 'ended':
        this.#settleBreakers()
        if (this.state.tasks.status(entry.task) === taskStatus.deciding) this.#decideRetry(entry.task, 'failed')
        return
      case 'lost':
        this.#settleBreakers()
        this.#decideRetry(entry.task, endingOfLoss(entry.cause))
        return
      case 'cancel-requested':
        if (entry.running === 'cancel') this.#cancelRunning(entry.scope, entry.by)
        return
      case 'draining':
        if (entry.hard) this.#cancelRunning({ kind: 'run' }, entry.by)
        return
      case 'worker-left':
        this.#loseAttemptsOf(entry.worker)
        return
      case 'run-opened':
        this.#questions.forgive()
        this.#placeAnew()
        return
      case 'run-begun':
      case 'tasks-added':
      case 'source-closed':
      case 'group-sealed':
      case 'worker-joined':
      case 'worker-draining':
      case 'launched':
      case 'started':
      case 'cancelling':
      case 'retrying':
      case 'gave-up':
      case 'delay-elapsed':
      case 'edge-expired':
      case 'unplaceable':
      case 'breaker':
      case 'quarantined':
      case 'quarantine-lifted':
      case 'policy-failed':
      case 'paused':
      case 'unpaused':
      case 'finished':
        return
    }
  }

  /**
   * Forgets what the placement remembers of the time before. Who owns the run now has read it back and remembers nothing;
   * who replays it must decide as that owner did.
   */
  #placeAnew(): void {
    const { graph } = this.#placement
    this.state.noteAllReady()
    this.#placement = new Placement(this.state, this.#questions)
    this.#placement.graph = graph
  }

  #decideRetry(task: number, ending: RetryQuestion['ending']): void {
    const entry = retryEntry(this.state, task, ending)
    this.#emit(entry)
    if (entry.kind === 'gave-up') this.#checkFailures()
    else if (entry.recovery?.putsOut !== undefined) this.#putOut(entry.recovery.putsOut, entry.recovery)
  }

  /** A task recovers elsewhere, and nothing else is to meet what it met there. */
  #putOut(worker: number, { category }: RecoveryTaken): void {
    const because = `a task failed there (${category}), and milder ways to recover have not helped`
    this.#emit({ kind: 'quarantined', worker, because })
  }

  #checkFailures(): void {
    const { state } = this
    const { maxFailures } = state.settings
    if (maxFailures === null || state.failures < maxFailures || state.stoppedBy !== undefined) return
    this.#emit({ kind: 'cancel-requested', scope: { kind: 'run' }, by: 'max-failures', running: 'let-end' })
  }

  #cancelRunning(scope: CancelScope, because: string): void {
    const { state } = this
    const aimedAt = scope.kind === 'run' ? [...state.running] : [...tasksInScope(state, scope)]
    for (const task of aimedAt) {
      const open = state.openAttempt(task)
      if (open !== undefined && !state.cancelling.has(open.row)) {
        this.#emit({ kind: 'cancelling', task, n: open.n, because })
      }
    }
  }

  #loseAttemptsOf(worker: number): void {
    const { state } = this
    const open = [...state.running].flatMap((task) => state.openAttempt(task) ?? [])
    const there = open.filter(({ row }) => state.attempts.worker(row) === worker)
    const [first, ...others] = blameDeath(state, there)
    if (first === undefined) return
    const causedBy = { task: first.task, n: first.n }
    this.#emit({ kind: 'lost', task: first.task, n: first.n, cause: 'worker' })
    for (const { task, n } of others) this.#emit({ kind: 'lost', task, n, cause: 'worker', causedBy })
    this.#settleBreakers()
    for (const { task } of [first, ...others]) this.#decideRetry(task, 'lost-worker')
  }

  /** Decides about the breakers that have counted something. */
  #settleBreakers(): void {
    const { touched } = this.state.breakers
    if (touched.size === 0) return
    for (const breaker of touched) this.#settleBreaker(breaker)
    touched.clear()
  }

  /** A breaker that opens or half-opens; where it doubts a worker, that worker may be out for good instead. */
  #settleBreaker(breaker: number): void {
    const { state } = this
    const { key, state: before } = state.breakers.row(breaker)
    const entry = decideBreaker(state, breaker)
    const isMoved = entry !== undefined && (entry.state.kind === 'open' || before.kind === 'open')
    const isDoubted = isMoved && kindOfKey(key) === 'probation'
    const worker = isDoubted ? state.workers.handle(subjectOfKey(key)) : undefined
    const because = worker === undefined ? undefined : decideQuarantine(state, worker)
    if (worker !== undefined && because !== undefined) this.#emit({ kind: 'quarantined', worker, because })
    else if (entry !== undefined) {
      this.#emit(entry)
      if (entry.state.kind === 'closed' || entry.state.kind === 'spent') this.#spreadRetries(entry.key)
    }
  }

  /** What it held up does not come back all at once. */
  #spreadRetries(key: BreakerKey): void {
    for (const task of heldRetries(this.state, key)) {
      const entry = spreadRetry(this.state, task)
      if (entry !== undefined) this.#emit(entry)
    }
  }

  #elapse(): void {
    const { state, placement } = this
    for (let due = state.due.popDue(state.atMs); due !== undefined; due = state.due.popDue(state.atMs))
      this.#comeDue(due)
    for (let due = placement.due.popDue(state.atMs); due !== undefined; due = placement.due.popDue(state.atMs)) {
      placement.comeDue(due)
    }
  }

  #comeDue({ kind, about, n }: Due): void {
    const { state } = this
    switch (kind) {
      case 'retry':
        if (state.isRetryMeant(about, n)) this.#emit({ kind: 'delay-elapsed', task: about })
        return
      case 'edge':
        if (state.tasks.edgeKind(about) !== 'settled') this.#emit({ kind: 'edge-expired', edge: about })
        return
      case 'run-deadline':
        // After too many failures what runs may end by itself, but not for longer than the run may take.
        if (state.phase !== 'over' && (state.stoppedBy === undefined || state.cancelling.size < state.running.size)) {
          const entry: Entry = { kind: 'cancel-requested', scope: { kind: 'run' }, by: 'deadline', running: 'cancel' }
          this.#emit(entry)
          this.#follow(entry)
        }
        return
      case 'breaker': {
        // As with retries: only the time that it was put down for last is meant, and only while it waits for that.
        const { dues, state: before } = state.breakers.row(about)
        if (dues === n && (breakerDueMs(before) ?? Infinity) <= state.atMs) this.#settleBreaker(about)
        return
      }
      case 'unplaceable':
      case 'rejection':
      case 'lane':
      case 'rekey':
        return
    }
  }

  #place(): void {
    const { state } = this
    if (state.phase !== 'running') return
    this.#placement.refresh()
    if (state.newlyJudged.length > 0) this.#placement.wakeRejected('task-judged')
    this.#placeAll()
    while (this.#hasLostPolicy()) this.#placeAll()
    if (this.#questions.isPreempting) this.#preempt()
  }

  /** Whoever waits may have the place of another, where the policy says so. */
  #preempt(): void {
    const { state } = this
    const question: PreemptionQuestion = {
      nowMs: state.atMs,
      allows: (victim, beneficiary) => mayPreempt(state, this.#placement, { victim, beneficiary }),
    }
    for (let said = this.#questions.preempts(question); said !== undefined; said = this.#questions.preempts(question)) {
      const { victim, beneficiary, because } = said
      this.#emit({
        kind: 'cancelling',
        task: victim,
        n: state.tasks.n(victim),
        because: `pre-empted for ${state.tasks.id(beneficiary)}: ${because}`,
        makesRoomFor: beneficiary,
      })
    }
    for (const entry of this.#questions.takeFailures()) this.#emit(entry)
  }

  /** Tells what the policy could not answer. Where it is asked nothing more, what it refused before is placed without it. */
  #hasLostPolicy(): boolean {
    const failures = this.#questions.takeFailures()
    for (const entry of failures) this.#emit(entry)
    if (!failures.some(({ isDropped }) => isDropped)) return false
    this.#placeAnew()
    const { workers } = this.state
    for (let worker = 0; worker < workers.size; worker++) workers.changed.push(worker)
    this.#placement.refresh()
    return true
  }

  #placeAll(): void {
    const { state, placement } = this
    for (let choice = placement.next(state.atMs); choice !== undefined; choice = placement.next(state.atMs)) {
      if (choice.kind === 'launch') {
        this.#emit(launchedEntry(state, choice))
      } else if (choice.kind === 'lift') {
        const because = 'nobody else is there who could run what waits'
        this.#emit({ kind: 'quarantine-lifted', worker: choice.worker, because })
        placement.refresh()
      } else {
        this.#emit({ kind: 'unplaceable', task: choice.task, missing: choice.missing })
        placement.refresh()
        placement.wakeRejected('task-judged')
      }
    }
  }

  #finish(): void {
    const { state } = this
    if (state.phase === 'over' || state.phase === 'open' || state.running.size > 0) return
    if (state.sourceClosed && state.openTasks === 0) this.#emit({ kind: 'finished', ending: 'finished' })
    else if (state.phase === 'draining') this.#emit({ kind: 'finished', ending: 'interrupted' })
  }
}

/** Nearly every launch is the whole of its task and claims nothing: its entry is made without a detour. */
function launchedEntry(state: RunState, { task, worker, claims }: Extract<Choice, { readonly kind: 'launch' }>): Entry {
  const n = state.tasks.n(task) + 1
  const scope = state.scopes.size === 0 ? undefined : state.scopes.get(task)
  if (claims === undefined && scope === undefined) return { kind: 'launched', task, n, worker }
  return {
    kind: 'launched',
    task,
    n,
    worker,
    ...(claims === undefined ? {} : { claims }),
    ...(scope === undefined ? {} : { cases: scope.cases.length }),
  }
}
