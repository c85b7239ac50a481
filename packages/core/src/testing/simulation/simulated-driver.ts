// The step protocol in its plainest form, without promises: take signals, decide, append, and only when that is durable
// launch, cancel and acknowledge. It can die at every point of it.
import type { AttemptRef } from '../../model/attempt.ts'
import type { LaunchCommand } from '../../ports/engine.ts'
import type { Policy } from '../../ports/policy.ts'
import { encodeCommit } from '../../run/commit-codec.ts'
import type { KernelOptions } from '../../run/kernel-options.ts'
import { Kernel, type Outstanding, type Step } from '../../run/kernel.ts'
import type { KernelSignal } from '../../run/judge-signal.ts'
import { stopsLaunches } from '../../run/stops-launches.ts'
import type { CancelWait } from '../../ports/clock.ts'
import type { ClusterClient } from './simulated-cluster.ts'
import type { SimulatedStore } from './simulated-store.ts'
import type { VirtualClock } from './virtual-clock.ts'

/** A point of the protocol at which a coordinator may die. */
export type StepPoint =
  | 'during attach'
  | 'before append'
  | 'during append'
  | 'after append'
  | 'between effects'
  | 'after effects'
  | 'between acknowledgements'

/** How a driver came to its end. */
export type DriverEnding = 'finished' | 'interrupted' | 'stopped'

/** What a driver is built from. */
export interface DriverParts {
  readonly run: string
  readonly seed: number
  readonly options: KernelOptions
  readonly clock: VirtualClock
  readonly store: SimulatedStore
  readonly client: ClusterClient
  readonly policy: Policy
  /** Most signals taken into one step. */
  readonly signalsPerStep: () => number
  /** May throw, which is the driver's death. */
  readonly reach: (point: StepPoint) => void
  /** Called after each step that is durable or changed nothing. */
  readonly settled: (kernel: Kernel) => void
  readonly over: (ending: DriverEnding) => void
  /** Runs what follows from a wait or an answer; catches the death of the driver. */
  readonly guard: (then: () => void) => void
}

interface Told {
  readonly signal: KernelSignal
  readonly acknowledge: (() => void) | undefined
}

/** Milliseconds after which an open cancel is repeated. */
const cancelAgainMs = 50

/** One owner of the run. */
export class SimulatedDriver {
  readonly kernel: Kernel
  readonly #parts: DriverParts
  readonly #epoch: number
  readonly #openedAtMs: number
  readonly #inbox: Told[] = []
  readonly #downMs: number
  #lastAtMs = 0
  #seq: number
  #isCommitting = true
  #isScheduled = false
  #isOver = false
  #timer: CancelWait | undefined

  constructor(parts: DriverParts) {
    this.#parts = parts
    this.kernel = new Kernel(parts.policy)
    this.#epoch = parts.store.open()
    this.#seq = parts.store.rows.length
    for (const commit of parts.store.rows) {
      this.kernel.evolve(commit.entries, commit.atMs)
      this.#lastAtMs = commit.atMs
    }
    this.#openedAtMs = parts.clock.now()
    const lastWallMs = parts.store.rows.at(-1)?.wallMs
    this.#downMs = lastWallMs === undefined ? 0 : parts.clock.wallNow() - lastWallMs
  }

  get isOver(): boolean {
    return this.#isOver
  }

  /** Attaches and takes the first step. */
  start(): void {
    const { run, seed, options, client, reach } = this.#parts
    const outstanding = this.kernel.outstanding()
    const first: KernelSignal[] =
      this.kernel.state.options === undefined ? [{ kind: 'begin', run, name: 'simulated', seed, options }] : []
    first.push({ kind: 'open', epoch: this.#epoch, downMs: this.#downMs })
    const answers = client.attachNow(
      {
        run,
        epoch: this.#epoch,
        root: '/',
        deliver: (signal, acknowledge) => {
          this.tell(signal, acknowledge)
        },
        news: () => undefined,
        warn: () => undefined,
      },
      outstanding.attempts,
    )
    reach('during attach')
    for (const answer of answers) {
      if (answer.kind === 'lost') first.push({ kind: 'attempt-lost', attempt: answer.attempt, cause: 'coordinator' })
    }
    this.#inbox.unshift(...first.map((signal) => ({ signal, acknowledge: undefined })))
    this.#launch(answers.filter((answer) => answer.kind === 'never-delivered').map((answer) => answer.attempt))
    this.#cancelAgain(outstanding)
    this.#isCommitting = false
    this.#step(Infinity)
  }

  /** Takes a signal in. It is acknowledged once it is durable or known to change nothing. */
  tell(signal: KernelSignal, acknowledge?: () => void): void {
    if (this.#isOver) return
    this.#inbox.push({ signal, acknowledge })
    this.#schedule()
  }

  /** It stops where it is, without a further effect. */
  die(): void {
    this.#isOver = true
    this.#timer?.()
    this.#parts.client.cut()
  }

  #schedule(): void {
    if (this.#isScheduled || this.#isCommitting || this.#isOver) return
    this.#isScheduled = true
    this.#later(0, () => {
      this.#isScheduled = false
      if (!this.#isCommitting) this.#step(this.#parts.signalsPerStep())
    })
  }

  #step(most: number): void {
    const taken = this.#inbox.splice(0, most)
    const nowMs = this.#lastAtMs + this.#parts.clock.now() - this.#openedAtMs
    const step = this.kernel.step(
      taken.map(({ signal }) => signal),
      nowMs,
    )
    if (step.entries.length === 0) {
      this.#settle(step, taken)
      return
    }
    const { reach, store, clock } = this.#parts
    reach('before append')
    this.#isCommitting = true
    const bytes = encodeCommit({
      atMs: this.kernel.state.atMs,
      wallMs: clock.wallNow(),
      entries: step.entries,
    })
    store.append({ epoch: this.#epoch, seq: ++this.#seq, bytes }, (answer) => {
      if (this.#isOver) return
      this.#parts.guard(() => {
        this.#isCommitting = false
        if (answer === 'stored') this.#settle(step, taken)
        else this.#end('stopped')
      })
    })
    reach('during append')
  }

  /** What may happen only when the step is durable. */
  #settle(step: Step, taken: readonly Told[]): void {
    const { run, client, reach, settled } = this.#parts
    settled(this.kernel)
    if (step.entries.length > 0) reach('after append')
    for (const entry of step.entries) {
      if (entry.kind === 'launched') this.#launch([{ run, task: entry.task, n: entry.n }])
      else if (entry.kind === 'cancelling') {
        client.cancel({ run, task: entry.task, n: entry.n }, entry.because)
        if (this.kernel.state.cancelling.size > 0) this.#repeatCancels()
      } else continue
      reach('between effects')
    }
    if (step.entries.some(stopsLaunches)) this.#recall()
    if (step.entries.length > 0) reach('after effects')
    for (const { acknowledge } of taken) {
      acknowledge?.()
      if (acknowledge !== undefined && step.entries.length > 0) reach('between acknowledgements')
    }
    if (this.kernel.state.phase === 'over') {
      this.#end(this.kernel.state.ending ?? 'stopped')
      return
    }
    this.#setTimer()
    if (this.#inbox.length > 0) this.#schedule()
  }

  #launch(attempts: readonly AttemptRef[]): void {
    const commands = attempts.map((attempt): LaunchCommand => {
      const { tasks, attempts: table, workers, settings } = this.kernel.state
      const task = tasks.definition(attempt.task)
      const worker = table.worker(tasks.lastAttempt(attempt.task))
      return {
        attempt,
        worker: workers.definition(worker).id,
        incarnation: workers.incarnation(worker),
        task,
        timeoutMs: task.timeoutMs ?? settings.timeoutMs ?? undefined,
        cases: this.kernel.state.scopesOfRows.get(tasks.lastAttempt(attempt.task))?.cases,
      }
    })
    this.#parts.client.launch(commands)
  }

  #recall(): void {
    const { attempts: table, tasks } = this.kernel.state
    for (const { attempt } of this.kernel.outstanding().attempts) {
      if (!table.isStarted(tasks.lastAttempt(attempt.task))) this.#parts.client.recall(attempt)
    }
  }

  #cancelAgain(outstanding: Outstanding): void {
    for (const { attempt, cancelled } of outstanding.attempts) {
      if (cancelled !== undefined) this.#parts.client.cancel(attempt, cancelled)
    }
    if (this.kernel.state.cancelling.size > 0) this.#repeatCancels()
  }

  #isRepeating = false

  #repeatCancels(): void {
    if (this.#isRepeating) return
    this.#isRepeating = true
    this.#later(cancelAgainMs, () => {
      this.#isRepeating = false
      // While a commit is in flight the state is ahead of the journal: what it holds is not to be carried out yet.
      if (this.#isCommitting) this.#repeatCancels()
      else this.#cancelAgain(this.kernel.outstanding())
    })
  }

  #setTimer(): void {
    this.#timer?.()
    const { nextDueMs } = this.kernel
    if (nextDueMs === undefined) return
    const atMs = this.#openedAtMs + nextDueMs - this.#lastAtMs
    this.#timer = this.#parts.clock.after(Math.max(0, atMs - this.#parts.clock.now()), () => {
      this.#parts.guard(() => {
        if (!this.#isOver && !this.#isCommitting) this.#step(this.#parts.signalsPerStep())
      })
    })
  }

  #end(ending: DriverEnding): void {
    this.die()
    this.#parts.over(ending)
  }

  #later(delayMs: number, then: () => void): void {
    this.#parts.clock.after(delayMs, () => {
      if (!this.#isOver) this.#parts.guard(then)
    })
  }
}
