// The work of a run by what it is expected to take: how much of it is done and how long the rest will go on. It learns from
// attempts that end what tasks without a history take. It knows nothing of events and verdicts.
import type { Outcome, TaskDefinition, TaskFacts } from '@muster/core'
import { compareNames } from './compare-names.ts'
import type { RunningAttempt } from './live-attempts.ts'
import { deviationOf, type ExpectedDuration, timeLeft, type TimeLeft } from './time-left.ts'

/** What is known of the tasks before the run. */
export interface ProgressStart {
  readonly tasks: readonly Pick<TaskDefinition, 'id' | 'expectedMs'>[]
  readonly facts: Readonly<Record<string, TaskFacts>>
  /** Expected length of the longest chain of dependencies, in milliseconds. */
  readonly criticalPathMs?: number | undefined
}

/** What goes on at the moment of a question. */
export interface WorkNow {
  readonly nowMs: number
  readonly running: readonly RunningAttempt[]
  /** Tasks whose next attempt has to wait. */
  readonly backingOff: Iterable<string>
  readonly slots: number
}

/** Share of a running attempt that counts at most: it is done when it is judged. */
const mostOfRunning = 0.95

/** Tasks with their expected durations; each is added once, started once and finished once. */
export class ExpectedWork {
  readonly #expected = new Map<string, ExpectedDuration>()
  readonly #weights = new Map<string, number>()
  readonly #started = new Set<string>()
  readonly #criticalPathMs: number | undefined
  #known = { count: 0, sumMs: 0, varianceMs2: 0 }
  /** Ids by expected duration, longest first; those that started are skipped when they come up. */
  #longestFirst: string[] = []
  #longestAt = 0
  #unknown = 0
  #learned = { count: 0, mean: 0, squares: 0 }
  #totalWeight = 0
  #doneWeight = 0
  #meanWeight = 1
  #shown = 0

  constructor({ tasks, facts, criticalPathMs }: ProgressStart) {
    this.#criticalPathMs = criticalPathMs
    for (const { id, expectedMs } of tasks) {
      const duration = facts[id]?.duration ?? (expectedMs === undefined ? undefined : certain(expectedMs))
      if (duration !== undefined) this.#expected.set(id, duration)
    }
    const known = [...this.#expected.values()]
    if (known.length > 0) {
      this.#meanWeight = Math.max(1e-9, known.reduce((sum, { medianMs }) => sum + medianMs, 0) / known.length)
    }
  }

  /** What a task is expected to take, where something is known. */
  expectedOf(task: string): ExpectedDuration | undefined {
    return this.#expected.get(task)
  }

  /** Adds tasks; gives back those that were not there before. */
  add(tasks: readonly string[]): readonly string[] {
    const added = tasks.filter((task) => !this.#weights.has(task))
    if (added.length === 0) return added
    this.#shown = 0
    for (const task of added) {
      const expected = this.#expected.get(task)
      const weight = expected === undefined ? this.#meanWeight : Math.max(1e-9, expected.medianMs)
      this.#weights.set(task, weight)
      this.#totalWeight += weight
      this.#countWaiting(expected, 1)
    }
    const length = (task: string): number => this.#expected.get(task)?.medianMs ?? 0
    this.#longestFirst = [...this.#weights.keys()]
      .filter((task) => this.#expected.has(task) && !this.#started.has(task))
      .sort((a, b) => length(b) - length(a) || compareNames(a, b))
    this.#longestAt = 0
    return added
  }

  /** A task waits no longer: it runs, or was judged without. */
  start(task: string): void {
    if (this.#started.has(task)) return
    this.#started.add(task)
    this.#countWaiting(this.#expected.get(task), -1)
  }

  /** A task is judged: all of its work is done. */
  finish(task: string): void {
    this.start(task)
    this.#doneWeight += this.#weights.get(task) ?? 0
  }

  /** What an attempt of a task without a history took says what the others may take. */
  learn(task: string, outcome: Outcome): void {
    if (this.#expected.has(task) || outcome.result === 'skipped' || outcome.result === 'cancelled') return
    const learned = this.#learned
    learned.count++
    const difference = outcome.durationMs - learned.mean
    learned.mean += difference / learned.count
    learned.squares += difference * (outcome.durationMs - learned.mean)
  }

  /** Share of the expected time that is done, below 1. Never goes back by itself. */
  fraction({ running, nowMs }: Pick<WorkNow, 'running' | 'nowMs'>): number {
    let done = this.#doneWeight
    for (const attempt of running) done += (this.#weights.get(attempt.task) ?? 0) * shareOf(attempt, nowMs)
    const share = this.#totalWeight === 0 ? 0 : Math.min(0.999, done / this.#totalWeight)
    this.#shown = Math.max(this.#shown, share)
    return this.#shown
  }

  /** Time until everything has ended, as far as that can be said. */
  timeLeft({ nowMs, running, backingOff, slots }: WorkNow): TimeLeft {
    const { count, mean, squares } = this.#learned
    return timeLeft({
      slots,
      known: { ...this.#known, longestMs: this.#longestWaitingMs() },
      unknown: this.#unknown,
      learned: { count, meanMs: mean, deviationMs: count < 2 ? mean : Math.sqrt(squares / (count - 1)) },
      running: [
        ...running.map(({ sinceMs, hasBegun, expected }) => ({
          elapsedMs: hasBegun ? Math.max(0, nowMs - sinceMs) : 0,
          expected,
        })),
        ...Array.from(backingOff, (task) => ({ elapsedMs: 0, expected: this.#expected.get(task) })),
      ],
      chainMs: this.#criticalPathMs === undefined ? undefined : Math.max(0, this.#criticalPathMs - nowMs),
    })
  }

  #countWaiting(expected: ExpectedDuration | undefined, sign: 1 | -1): void {
    if (expected === undefined) {
      this.#unknown = Math.max(0, this.#unknown + sign)
      return
    }
    const { count, sumMs, varianceMs2 } = this.#known
    this.#known = {
      count: count + sign,
      sumMs: Math.max(0, sumMs + sign * expected.medianMs),
      varianceMs2: Math.max(0, varianceMs2 + sign * deviationOf(expected) ** 2),
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

function shareOf({ sinceMs, hasBegun, expected, fraction }: RunningAttempt, nowMs: number): number {
  if (!hasBegun) return 0
  const elapsedMs = Math.max(0, nowMs - sinceMs)
  const byTime = expected === undefined || expected.medianMs <= 0 ? 0 : elapsedMs / expected.medianMs
  return Math.min(mostOfRunning, Math.max(byTime, fraction ?? 0))
}

/** A duration that somebody stated, as a range: no guess of a person is exact. How wide it is was chosen, not measured. */
function certain(ms: number): ExpectedDuration {
  return { medianMs: ms, p10Ms: 0.7 * ms, p90Ms: 1.5 * ms }
}
