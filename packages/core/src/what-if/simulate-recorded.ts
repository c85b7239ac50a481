// A recorded run decided anew: the kernel itself, on a clock that jumps from one end to the next, with the outcomes and times
// of the journal. So edges, needs, locks, limits, retries and deadlines hold as they would, and none of them is written twice.
import type { TaskFacts } from '../model/facts.ts'
import type { Outcome } from '../model/outcome.ts'
import type { TaskDefinition } from '../model/task.ts'
import type { WorkerDefinition } from '../model/worker.ts'
import type { Policy } from '../ports/policy.ts'
import type { KernelSignal } from '../run/judge-signal.ts'
import { Kernel, type Step } from '../run/kernel.ts'
import type { GraphFactsOf } from '../run/replay.ts'
import type { RunState } from '../run/run-state.ts'
import { EndQueue } from './end-queue.ts'
import { heldMs, type RecordedAttempt, type RecordedRun } from './recorded-run.ts'

/** What is simulated. */
export interface RecordedQuestion {
  readonly recorded: RecordedRun
  readonly policy: Policy
  /** They are there from the start and stay. */
  readonly workers: readonly WorkerDefinition[]
  readonly graphOf: GraphFactsOf
}

/** What came of it. */
export interface SimulatedRun {
  readonly state: RunState
  /** Tasks in the order of the launches. */
  readonly launches: readonly number[]
  /** Attempts whose outcome or time is not recorded but assumed. */
  readonly imputed: number
}

/** Decides a recorded run anew. Near-linear in its tasks and attempts. */
export function simulateRecorded(question: RecordedQuestion): SimulatedRun {
  return new Simulation(question).run()
}

class Simulation {
  readonly #recorded: RecordedRun
  readonly #kernel: Kernel
  readonly #workers: readonly WorkerDefinition[]
  readonly #ends = new EndQueue()
  readonly #launches: number[] = []
  readonly #usualMs: () => number
  /** What has to be told at once: attempts that were asked to end. */
  #told: KernelSignal[] = []
  #arrived = 0
  #imputed = 0

  constructor({ recorded, policy, workers, graphOf }: RecordedQuestion) {
    this.#recorded = recorded
    this.#workers = workers
    this.#kernel = new Kernel(policy)
    this.#kernel.informOfGraph({ ...graphOf(recorded.firstTasks, recorded.firstFacts), resolved: undefined })
    let usualMs: number | undefined
    this.#usualMs = () => (usualMs ??= medianHeldMs(recorded.state))
  }

  run(): SimulatedRun {
    const { run, name, seed, settings } = this.#recorded.state
    const beginning: readonly KernelSignal[] = [
      { kind: 'begin', run, name, seed, options: settings },
      { kind: 'open', epoch: 1 },
      ...this.#workers.map((worker) => ({ kind: 'worker-joined', worker }) as const),
    ]
    let nowMs = 0
    this.#carryOut(this.#kernel.step([...beginning, ...this.#arrivals(0)], 0), 0)
    for (let nextMs = this.#nextMs(nowMs); nextMs !== undefined; nextMs = this.#nextMs(nowMs)) {
      nowMs = nextMs
      const signals = [...this.#told.splice(0), ...this.#endings(nowMs), ...this.#arrivals(nowMs)]
      this.#carryOut(this.#kernel.step(signals, nowMs), nowMs)
    }
    return { state: this.#kernel.state, launches: this.#launches, imputed: this.#imputed }
  }

  /** When something happens next, never before `nowMs`; nothing once the run is over or nothing can happen any more. */
  #nextMs(nowMs: number): number | undefined {
    if (this.#kernel.state.phase === 'over') return undefined
    if (this.#told.length > 0) return nowMs
    const arrivalMs = this.#arrivalMs(this.#arrived)
    const nextMs = Math.min(this.#ends.nextMs ?? Infinity, arrivalMs, this.#kernel.nextDueMs ?? Infinity)
    return nextMs === Infinity ? undefined : Math.max(nowMs, nextMs)
  }

  #arrivalMs(at: number): number {
    const { arrivals, beganAtMs } = this.#recorded
    const arrival = arrivals[at]
    return arrival === undefined ? Infinity : Math.max(0, arrival.atMs - beganAtMs)
  }

  *#arrivals(nowMs: number): Generator<KernelSignal, void, void> {
    for (; this.#arrivalMs(this.#arrived) <= nowMs; this.#arrived++) {
      const arrival = this.#recorded.arrivals[this.#arrived]
      if (arrival !== undefined) yield arrival.signal
    }
  }

  *#endings(nowMs: number): Generator<KernelSignal, void, void> {
    const { state } = this.#kernel
    for (let end = this.#ends.popUntil(nowMs); end !== undefined; end = this.#ends.popUntil(nowMs)) {
      // One that was asked to end has ended before.
      if (state.openAttempt(end.task)?.n !== end.n) continue
      const { outcome } = this.#attempt(end.task, end.n)
      yield { kind: 'attempt-ended', attempt: { run: state.run, task: end.task, n: end.n }, outcome }
    }
  }

  #carryOut({ entries }: Step, nowMs: number): void {
    const { run } = this.#kernel.state
    for (const entry of entries) {
      if (entry.kind === 'launched') {
        const { heldMs, isImputed } = this.#attempt(entry.task, entry.n)
        this.#launches.push(entry.task)
        if (isImputed) this.#imputed++
        this.#ends.push({ atMs: nowMs + heldMs, task: entry.task, n: entry.n })
      } else if (entry.kind === 'cancelling') {
        const outcome: Outcome = { result: 'cancelled', durationMs: 0 }
        this.#told.push({ kind: 'attempt-ended', attempt: { run, task: entry.task, n: entry.n }, outcome })
      }
    }
  }

  /** The n-th attempt as it was recorded; one beyond goes as the last one did, one of a task that never ran passes. */
  #attempt(task: number, n: number): RecordedAttempt & { readonly isImputed: boolean } {
    const known = this.#recorded.attempts(task)
    const own = known[n - 1]
    if (own !== undefined) return { ...own, isImputed: false }
    const last = known.at(-1)
    if (last !== undefined) return { ...last, isImputed: true }
    const { tasks } = this.#kernel.state
    const durationMs = expectedMs(tasks.definition(task), tasks.facts.get(task)) ?? this.#usualMs()
    return { outcome: { result: 'passed', durationMs }, heldMs: durationMs, isImputed: true }
  }
}

function expectedMs(task: TaskDefinition, facts: TaskFacts | undefined): number | undefined {
  return facts?.duration?.medianMs ?? task.expectedMs
}

/** The median of what was recorded; 0 where nothing was. */
function medianHeldMs(state: RunState): number {
  const held: number[] = []
  for (let row = 0; row < state.attempts.length; row++) {
    if (state.attempts.ending(row)?.kind === 'ended') held.push(heldMs(state, row))
  }
  held.sort((a, b) => a - b)
  return held[held.length >> 1] ?? 0
}
