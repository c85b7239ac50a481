// How far a run is: a fold over its events, asked by the board, the plain lines and the summary. It decides nothing and
// knows no time of its own; run time comes with the events and with each question.
import type { BreakerReport, CaseCounts, RunEvent, RunSnapshot, VerdictKind } from '@muster/core'
import { mergedCounts } from '@muster/core/model'
import { compareNames } from './compare-names.ts'
import { ExpectedWork, type ProgressStart } from './expected-work.ts'
import { type HeldBack, Holds } from './holds.ts'
import { type KeptOfAttempt, type LastEnding, LiveAttempts, type RunningAttempt } from './live-attempts.ts'
import { onSlots } from './on-slots.ts'
import type { TimeLeft } from './time-left.ts'

/** What a run is doing, as far as people mind. */
export type ShownPhase = 'running' | 'paused' | 'draining' | 'interrupting' | 'over'

/** Tasks by where they are; those that are none of these wait. */
export interface TaskProgress {
  readonly total: number
  readonly judged: number
  readonly running: number
  readonly backingOff: number
}

/** A run as far as its events tell it. */
export class RunProgress {
  readonly #work: ExpectedWork
  readonly #attempts: LiveAttempts
  readonly #open = new Set<string>()
  readonly #backingOff = new Set<string>()
  /** Tasks whose next or open attempt runs only the cases that failed. */
  readonly #parts = new Set<string>()
  readonly #workers = new Map<string, number>()
  readonly #holds = new Holds()
  readonly #verdicts = new Map<VerdictKind, number>()
  readonly #casesByTask = new Map<string, CaseCounts>()
  readonly #cases = { passed: 0, failed: 0, skipped: 0, flaky: 0 }
  #total = 0
  #phase: ShownPhase = 'running'

  constructor(start: ProgressStart, kept?: KeptOfAttempt) {
    this.#attempts = new LiveAttempts(kept)
    this.#work = new ExpectedWork(start)
    this.#add(start.tasks.map(({ id }) => id))
  }

  /** Takes the next event. */
  take(event: RunEvent): void {
    switch (event.kind) {
      case 'tasks-added':
        this.#add(event.tasks)
        return
      case 'worker-joined':
        this.#workers.set(event.worker.id, event.worker.capacity['slots'] ?? 1)
        this.#holds.take(event)
        return
      case 'worker-left':
        this.#workers.delete(event.worker)
        this.#holds.take(event)
        return
      case 'worker-quarantined':
      case 'quarantine-lifted':
      case 'breaker-changed':
        this.#holds.take(event)
        return
      case 'attempt-launched':
        this.#launch(event, event.atMs)
        return
      case 'attempt-started':
        this.#attempts.start(event, event.atMs)
        return
      case 'attempt-ended':
        this.#attempts.end(event.task, event.outcome)
        if (this.#parts.has(event.task)) this.#countPart(event.task, event.outcome.cases)
        else {
          this.#work.learn(event.task, event.outcome)
          this.#countCases(event.task, event.outcome.cases)
        }
        return
      case 'attempt-lost':
        this.#attempts.lose(event.task)
        return
      case 'task-retrying':
        this.#backingOff.add(event.task)
        if (event.scope === undefined) this.#parts.delete(event.task)
        else this.#parts.add(event.task)
        return
      case 'task-judged':
        this.#judge(event.task, event.verdict.kind)
        return
      case 'attempt-progress':
        this.#attempts.progress(event, event.fraction, event.message)
        return
      case 'attempt-output':
        this.#attempts.print(event, event.text)
        return
      case 'case-ended':
        this.#attempts.endCase(event, event.result)
        return
      case 'run-paused':
        this.#phase = 'paused'
        return
      case 'run-started':
      case 'run-unpaused':
        this.#phase = 'running'
        return
      case 'run-draining':
        this.#phase = event.hard ? 'interrupting' : 'draining'
        return
      case 'run-ended':
        this.#phase = 'over'
        this.#attempts.dropAll()
        return
      case 'snapshot':
        this.#restore(event, event.atMs)
        return
      case 'task-gave-up':
      case 'note':
        return
    }
  }

  /** How the last attempt of a task ended; kept until the task is judged, absent where it was lost. */
  lastEnding(task: string): LastEnding | undefined {
    return this.#attempts.lastEnding(task)
  }

  /** Forgets how the last attempt ended, once that has been shown. */
  forget(task: string): void {
    this.#attempts.forget(task)
  }

  /** Counts a task that an earlier owner of the run has judged. */
  recall(task: string, verdict: VerdictKind, cases: CaseCounts | undefined): void {
    this.#countCases(task, cases)
    this.#judge(task, verdict)
  }

  /** Takes over the breakers of a run that somebody else began. */
  recallBreakers(breakers: readonly BreakerReport[] | undefined): void {
    this.#holds.restore({ breakers })
  }

  /** Workers that were put out and breakers that are open. */
  get held(): HeldBack {
    return this.#holds.now
  }

  /** What the run is doing. */
  get phase(): ShownPhase {
    return this.#phase
  }

  /** Tasks by where they are. */
  get tasks(): TaskProgress {
    return {
      total: this.#total,
      judged: this.#total - this.#open.size,
      running: this.running.length,
      backingOff: this.#backingOff.size,
    }
  }

  /** Tasks with such a verdict. */
  verdicts(kind: VerdictKind): number {
    return this.#verdicts.get(kind) ?? 0
  }

  /** Cases of attempts that have been accepted. */
  get cases(): CaseCounts {
    return { ...this.#cases }
  }

  /** Attempts that can run at the same time, on all workers that are given any. */
  get slots(): number {
    let slots = 0
    for (const [worker, own] of this.#workers) if (!this.#holds.hasOut(worker)) slots += own
    return slots
  }

  /** What runs now, in the order of the workers' names. */
  get running(): readonly RunningAttempt[] {
    return onSlots(this.#attempts.launched, (worker) => this.#workers.get(worker)).toSorted(
      (a, b) => compareNames(a.worker, b.worker) || compareNames(a.task, b.task),
    )
  }

  /** Share of the expected time that is done, 0 to 1; 1 only once every task is judged. Never goes back by itself. */
  fraction(nowMs: number): number {
    if (this.#total === 0) return 0
    return this.#open.size === 0 ? 1 : this.#work.fraction({ nowMs, running: this.#attempts.launched })
  }

  /** Time until the run ends, as far as that can be said. */
  timeLeft(nowMs: number): TimeLeft {
    if (this.#open.size === 0) return { kind: 'range', lowMs: 0, likelyMs: 0, highMs: 0 }
    const { slots } = this
    return this.#work.timeLeft({ nowMs, running: this.#attempts.launched, backingOff: this.#backingOff, slots })
  }

  #add(tasks: readonly string[]): void {
    for (const task of this.#work.add(tasks)) {
      this.#open.add(task)
      this.#total++
    }
  }

  #launch({ task, n, worker }: Pick<RunningAttempt, 'task' | 'n' | 'worker'>, sinceMs: number): void {
    this.#backingOff.delete(task)
    this.#work.start(task)
    this.#attempts.launch({ task, n, worker, sinceMs, expected: this.#work.expectedOf(task) })
  }

  #judge(task: string, kind: VerdictKind): void {
    if (!this.#open.delete(task)) return
    this.#attempts.drop(task)
    this.#backingOff.delete(task)
    this.#work.finish(task)
    this.#verdicts.set(kind, (this.#verdicts.get(kind) ?? 0) + 1)
  }

  /** What did not run again stays as it was. */
  #countPart(task: string, cases: CaseCounts | undefined): void {
    const before = this.#casesByTask.get(task)
    if (cases !== undefined) this.#countCases(task, before === undefined ? cases : mergedCounts(before, cases))
  }

  #countCases(task: string, cases: CaseCounts | undefined): void {
    if (cases === undefined) return
    const before = this.#casesByTask.get(task)
    this.#casesByTask.set(task, cases)
    for (const name of ['passed', 'failed', 'skipped', 'flaky'] as const) {
      this.#cases[name] += cases[name] - (before?.[name] ?? 0)
    }
  }

  /** What was missed: how far attempts got meanwhile is not known, only that they run. */
  #restore(snapshot: RunSnapshot, atMs: number): void {
    this.#phase = snapshot.phase === 'open' ? 'running' : snapshot.phase
    this.#workers.clear()
    for (const { id, capacity } of snapshot.workers) this.#workers.set(id, capacity['slots'] ?? 1)
    this.#holds.restore(snapshot)
    this.#add([...snapshot.judged, ...snapshot.running].map(({ task }) => task))
    this.#add(snapshot.waiting)
    this.#attempts.dropAll()
    this.#backingOff.clear()
    for (const { task, verdict } of snapshot.judged) this.#judge(task, verdict.kind)
    for (const attempt of snapshot.running) {
      this.#launch(attempt, atMs)
      if (attempt.isStarted) this.#attempts.start(attempt, atMs)
    }
  }
}
