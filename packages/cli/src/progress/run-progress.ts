// How far a run is: a fold over its events, asked by the board, the plain lines and the summary. It decides nothing and
// knows no time of its own; run time comes with the events and with each question.
import type {
  CaseCounts,
  CaseResult,
  Outcome,
  RunEvent,
  RunSnapshot,
  TaskDefinition,
  TaskFacts,
  VerdictKind,
} from '@muster/core'
import { deviationOf, type ExpectedDuration, timeLeft, type TimeLeft } from './time-left.ts'

/** An attempt that runs now. */
export interface RunningAttempt {
  readonly task: string
  readonly n: number
  readonly worker: string
  readonly sinceMs: number
  readonly expected: ExpectedDuration | undefined
  /** Titles of the case that ended last; provisional, as all news of running attempts. */
  readonly lastCase: CaseResult | undefined
  readonly cases: { readonly passed: number; readonly failed: number }
  readonly failedCases: readonly CaseResult[]
  /** Share done, where the executor says so. */
  readonly fraction: number | undefined
  readonly message: string | undefined
}

/** What is known of the tasks before the run. */
export interface ProgressStart {
  readonly tasks: readonly Pick<TaskDefinition, 'id' | 'expectedMs'>[]
  readonly facts: Readonly<Record<string, TaskFacts>>
  /** Expected length of the longest chain of dependencies. */
  readonly criticalPathMs?: number | undefined
}

/** How the last attempt of a task ended, as far as it was seen. */
export interface LastEnding {
  readonly outcome: Outcome
  /** Those that were told live. */
  readonly failedCases: readonly CaseResult[]
  /** The end of what it printed, both streams as they came. */
  readonly output: string
}

interface Mutable {
  task: string
  n: number
  worker: string
  sinceMs: number
  expected: ExpectedDuration | undefined
  lastCase: CaseResult | undefined
  cases: { passed: number; failed: number }
  failedCases: CaseResult[]
  fraction: number | undefined
  message: string | undefined
  output: string
}

/** Share of a running attempt that counts at most: it is done when it is judged. */
const mostOfRunning = 0.95

/** Failed cases kept of an attempt, to be shown when it has ended. */
const mostFailedCases = 50

/** Characters kept of what an attempt printed last. */
const mostOutput = 4000

/** A run as far as its events tell it. */
export class RunProgress {
  readonly #expected = new Map<string, ExpectedDuration>()
  readonly #weights = new Map<string, number>()
  readonly #open = new Set<string>()
  readonly #started = new Set<string>()
  readonly #running = new Map<string, Mutable>()
  readonly #workers = new Map<string, number>()
  readonly #verdicts = new Map<VerdictKind, number>()
  readonly #casesByTask = new Map<string, CaseCounts>()
  readonly #cases = { passed: 0, failed: 0, skipped: 0, flaky: 0 }
  readonly #backingOff = new Set<string>()
  readonly #endings = new Map<string, LastEnding>()
  #known = { count: 0, sumMs: 0, varianceMs2: 0 }
  /** Ids by expected duration, longest first; those that started are skipped when they come up. */
  #longestFirst: string[] = []
  #longestAt = 0
  #unknown = 0
  #learned = { count: 0, mean: 0, squares: 0 }
  #totalWeight = 0
  #doneWeight = 0
  #meanWeight = 1
  #total = 0
  #shown = 0
  #phase: 'running' | 'paused' | 'draining' | 'interrupting' | 'over' = 'running'
  #criticalPathMs: number | undefined
  #atMs = 0

  constructor(start: ProgressStart) {
    this.#criticalPathMs = start.criticalPathMs
    for (const task of start.tasks) {
      const duration =
        start.facts[task.id]?.duration ?? (task.expectedMs === undefined ? undefined : certain(task.expectedMs))
      if (duration !== undefined) this.#expected.set(task.id, duration)
    }
    const known = [...this.#expected.values()]
    if (known.length > 0) {
      this.#meanWeight = Math.max(1e-9, known.reduce((sum, { medianMs }) => sum + medianMs, 0) / known.length)
    }
    this.#add(start.tasks.map(({ id }) => id))
  }

  /** Takes the next event. */
  take(event: RunEvent): void {
    this.#atMs = Math.max(this.#atMs, event.atMs)
    switch (event.kind) {
      case 'tasks-added':
        this.#add(event.tasks)
        return
      case 'worker-joined':
        this.#workers.set(event.worker.id, event.worker.capacity['slots'] ?? 1)
        return
      case 'worker-left':
        this.#workers.delete(event.worker)
        return
      case 'attempt-launched':
        this.#launch(event.task, event.n, event.worker, event.atMs)
        return
      case 'attempt-started': {
        const attempt = this.#attempt(event)
        if (attempt !== undefined) attempt.sinceMs = event.atMs
        return
      }
      case 'attempt-ended':
        this.#endAttempt(event.task, event.outcome)
        this.#learn(event.task, event.outcome)
        this.#countCases(event.task, event.outcome.cases)
        return
      case 'attempt-lost':
        this.#running.delete(event.task)
        // How an earlier attempt ended says nothing of this one.
        this.#endings.delete(event.task)
        return
      case 'task-retrying':
        this.#backingOff.add(event.task)
        return
      case 'task-judged':
        this.#judge(event.task, event.verdict.kind)
        return
      case 'attempt-progress': {
        const attempt = this.#attempt(event)
        if (attempt !== undefined) Object.assign(attempt, { fraction: event.fraction, message: event.message })
        return
      }
      case 'case-ended': {
        const attempt = this.#attempt(event)
        if (attempt !== undefined) countLive(attempt, event.result)
        return
      }
      case 'run-paused':
        this.#phase = 'paused'
        return
      case 'run-unpaused':
        this.#phase = 'running'
        return
      case 'run-draining':
        this.#phase = event.hard ? 'interrupting' : 'draining'
        return
      case 'run-ended':
        this.#phase = 'over'
        this.#running.clear()
        return
      case 'run-started':
        this.#phase = 'running'
        return
      case 'snapshot':
        this.#restore(event)
        return
      case 'attempt-output': {
        const attempt = this.#attempt(event)
        if (attempt !== undefined) attempt.output = (attempt.output + event.text).slice(-mostOutput)
        return
      }
      case 'note':
        return
    }
  }

  /** How the last attempt of a task ended; kept until the task is judged, absent where it was lost. */
  lastEnding(task: string): LastEnding | undefined {
    return this.#endings.get(task)
  }

  /** Forgets how the last attempt ended, once that has been shown. */
  forget(task: string): void {
    this.#endings.delete(task)
  }

  /** Counts a task that an earlier owner of the run has judged. */
  recall(task: string, verdict: VerdictKind, cases: CaseCounts | undefined): void {
    this.#countCases(task, cases)
    this.#judge(task, verdict)
  }

  get phase(): 'running' | 'paused' | 'draining' | 'interrupting' | 'over' {
    return this.#phase
  }

  /** Run time of the last event in milliseconds. */
  get atMs(): number {
    return this.#atMs
  }

  get tasks(): {
    readonly total: number
    readonly judged: number
    readonly running: number
    readonly backingOff: number
  } {
    return {
      total: this.#total,
      judged: this.#total - this.#open.size,
      running: this.#running.size,
      backingOff: this.#backingOff.size,
    }
  }

  verdicts(kind: VerdictKind): number {
    return this.#verdicts.get(kind) ?? 0
  }

  /** Cases of attempts that have been accepted. */
  get cases(): CaseCounts {
    return this.#cases
  }

  get slots(): number {
    let slots = 0
    for (const own of this.#workers.values()) slots += own
    return slots
  }

  get workers(): number {
    return this.#workers.size
  }

  /** What runs now, in the order of the workers' names. */
  get running(): readonly RunningAttempt[] {
    return [...this.#running.values()].sort((a, b) => compareNames(a.worker, b.worker) || compareNames(a.task, b.task))
  }

  /** What a task is expected to take, where something is known. */
  expectedOf(task: string): ExpectedDuration | undefined {
    return this.#expected.get(task)
  }

  /** Share of the expected time that is done, 0 to 1; 1 only once every task is judged. Never goes back by itself. */
  fraction(nowMs: number): number {
    if (this.#total === 0) return 0
    if (this.#open.size === 0) return 1
    let done = this.#doneWeight
    for (const attempt of this.#running.values()) {
      done += (this.#weights.get(attempt.task) ?? 0) * this.#runningShare(attempt, nowMs)
    }
    const share = this.#totalWeight === 0 ? 0 : Math.min(0.999, done / this.#totalWeight)
    this.#shown = Math.max(this.#shown, share)
    return this.#shown
  }

  /** Time until the run ends, as far as that can be said. */
  timeLeft(nowMs: number): TimeLeft {
    if (this.#open.size === 0) return { kind: 'range', lowMs: 0, likelyMs: 0, highMs: 0 }
    const { count, mean, squares } = this.#learned
    return timeLeft({
      slots: this.slots,
      known: { ...this.#known, longestMs: this.#longestWaitingMs() },
      unknown: this.#unknown,
      learned: { count, meanMs: mean, deviationMs: count < 2 ? mean : Math.sqrt(squares / (count - 1)) },
      running: [
        ...[...this.#running.values()].map(({ sinceMs, expected }) => ({
          elapsedMs: Math.max(0, nowMs - sinceMs),
          expected,
        })),
        ...[...this.#backingOff].map((task) => ({ elapsedMs: 0, expected: this.#expected.get(task) })),
      ],
      chainMs: this.#criticalPathMs === undefined ? undefined : Math.max(0, this.#criticalPathMs - nowMs),
    })
  }

  #runningShare({ sinceMs, expected, fraction }: Mutable, nowMs: number): number {
    const elapsedMs = Math.max(0, nowMs - sinceMs)
    const byTime = expected === undefined || expected.medianMs <= 0 ? 0 : elapsedMs / expected.medianMs
    return Math.min(mostOfRunning, Math.max(byTime, fraction ?? 0))
  }

  #add(tasks: readonly string[]): void {
    const added = tasks.filter((task) => !this.#weights.has(task))
    if (added.length === 0) return
    for (const task of added) {
      const expected = this.#expected.get(task)
      const weight = expected === undefined ? this.#meanWeight : Math.max(1e-9, expected.medianMs)
      this.#weights.set(task, weight)
      this.#totalWeight += weight
      this.#open.add(task)
      this.#total++
      this.#shown = 0
      if (expected === undefined) this.#unknown++
      else {
        this.#known.count++
        this.#known.sumMs += expected.medianMs
        this.#known.varianceMs2 += deviationOf(expected) ** 2
      }
    }
    const length = (task: string): number => this.#expected.get(task)?.medianMs ?? 0
    this.#longestFirst = [...this.#open]
      .filter((task) => this.#expected.has(task) && !this.#started.has(task))
      .sort((a, b) => length(b) - length(a) || compareNames(a, b))
    this.#longestAt = 0
  }

  /** What was missed: how far attempts got meanwhile is not known, only that they run. */
  #restore(snapshot: RunSnapshot & RunEvent): void {
    this.#phase = snapshot.phase === 'open' ? 'running' : snapshot.phase
    this.#workers.clear()
    for (const { id, capacity } of snapshot.workers) this.#workers.set(id, capacity['slots'] ?? 1)
    this.#add([...snapshot.judged, ...snapshot.running].map(({ task }) => task))
    this.#add(snapshot.waiting)
    this.#running.clear()
    this.#backingOff.clear()
    for (const { task, verdict } of snapshot.judged) this.#judge(task, verdict.kind)
    for (const { task, n, worker } of snapshot.running) this.#launch(task, n, worker, snapshot.atMs)
  }

  #launch(task: string, n: number, worker: string, atMs: number): void {
    this.#backingOff.delete(task)
    this.#leaveWaiting(task)
    const expected = this.#expected.get(task)
    const nothingYet = {
      lastCase: undefined,
      cases: { passed: 0, failed: 0 },
      failedCases: [],
      fraction: undefined,
      message: undefined,
      output: '',
    }
    this.#running.set(task, { task, n, worker, sinceMs: atMs, expected, ...nothingYet })
  }

  #endAttempt(task: string, outcome: Outcome): void {
    const { failedCases, output } = this.#running.get(task) ?? { failedCases: [], output: '' }
    this.#running.delete(task)
    this.#endings.set(task, { outcome, failedCases, output })
  }

  #attempt({ task, n }: { readonly task: string; readonly n: number }): Mutable | undefined {
    const attempt = this.#running.get(task)
    return attempt?.n === n ? attempt : undefined
  }

  #leaveWaiting(task: string): void {
    if (this.#started.has(task)) return
    this.#started.add(task)
    const expected = this.#expected.get(task)
    if (expected === undefined) this.#unknown = Math.max(0, this.#unknown - 1)
    else {
      this.#known.count--
      this.#known.sumMs = Math.max(0, this.#known.sumMs - expected.medianMs)
      this.#known.varianceMs2 = Math.max(0, this.#known.varianceMs2 - deviationOf(expected) ** 2)
    }
  }

  #judge(task: string, kind: VerdictKind): void {
    if (!this.#open.delete(task)) return
    this.#running.delete(task)
    this.#backingOff.delete(task)
    this.#leaveWaiting(task)
    this.#doneWeight += this.#weights.get(task) ?? 0
    this.#verdicts.set(kind, (this.#verdicts.get(kind) ?? 0) + 1)
  }

  #learn(task: string, outcome: Outcome): void {
    if (this.#expected.has(task) || outcome.result === 'skipped' || outcome.result === 'cancelled') return
    const learned = this.#learned
    learned.count++
    const difference = outcome.durationMs - learned.mean
    learned.mean += difference / learned.count
    learned.squares += difference * (outcome.durationMs - learned.mean)
  }

  #countCases(task: string, cases: CaseCounts | undefined): void {
    const before = this.#casesByTask.get(task)
    if (cases === undefined) return
    this.#casesByTask.set(task, cases)
    for (const name of ['passed', 'failed', 'skipped', 'flaky'] as const) {
      this.#cases[name] += cases[name] - (before?.[name] ?? 0)
    }
  }

  #longestWaitingMs(): number {
    for (; this.#longestAt < this.#longestFirst.length; this.#longestAt++) {
      const task = this.#longestFirst[this.#longestAt]
      if (task !== undefined && !this.#started.has(task)) return this.#expected.get(task)?.medianMs ?? 0
    }
    return 0
  }
}

function countLive(attempt: Mutable, result: CaseResult): void {
  attempt.lastCase = result
  if (result.result === 'skipped') return
  if (result.result === 'passed') attempt.cases.passed++
  else {
    attempt.cases.failed++
    if (attempt.failedCases.length < mostFailedCases) attempt.failedCases.push(result)
  }
}

function certain(ms: number): ExpectedDuration {
  return { medianMs: ms, p10Ms: 0.7 * ms, p90Ms: 1.5 * ms }
}

/** Names with numbers in their natural order: worker 2 before worker 10. Ends at code units, so the order is total. */
function compareNames(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true }) || (a < b ? -1 : a > b ? 1 : 0)
}
