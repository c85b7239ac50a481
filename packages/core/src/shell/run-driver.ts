// The only loop: take the signals that wait, let the kernel decide, append the entries in one commit, and only when they
// are durable acknowledge, publish and launch. So a result that anybody has seen is a result that survives. While a commit
// is in flight the next signals gather. An append that fails stops the run: memory is ahead of the journal then, and the
// journal decides at the next open.
import { createHash } from 'node:crypto'
import { invariant } from '../errors/invariant.ts'
import { isMusterError, MusterError } from '../errors/muster-error.ts'
import type { AttemptRef } from '../model/attempt.ts'
import type { AttemptDetails } from '../model/outcome.ts'
import type { RunReport } from '../model/report.ts'
import type { CancelWait, Clock } from '../ports/clock.ts'
import type { Engine, EngineContext, LaunchCommand, ProvisionalNews } from '../ports/engine.ts'
import type { Commit, JournalWriter } from '../ports/store.ts'
import { encodeCommit, journalVersion } from '../run/commit-codec.ts'
import type { Entry } from '../run/entry.ts'
import { eventOf } from '../run/events-of.ts'
import type { KernelSignal } from '../run/judge-signal.ts'
import type { Kernel, Step } from '../run/kernel.ts'
import { reportOf } from '../run/report-of.ts'
import type { EventHub } from './event-hub.ts'
import { readDetails } from './read-details.ts'

/** Signals taken into one step at most; launches and ends are bounded by capacity anyway. */
const signalsPerStep = 1000

/** Longest time in milliseconds that steps follow one another without letting timers and sockets have their turn. */
const burstMs = 15

/** What a driver is built from. */
export interface DriverParts {
  readonly run: string
  readonly root: string
  readonly kernel: Kernel
  readonly clock: Clock
  readonly engines: readonly Engine[]
  /** Nothing is kept without one. */
  readonly journal: JournalWriter | undefined
  readonly events: EventHub
  readonly epoch: number
  readonly startedAtWallMs: number
  /** Run time at which the journal ends. */
  readonly lastAtMs: number
  readonly leaseMs: number
  /** Reads stored details back for the report. */
  readDetails(name: string): Promise<string | undefined>
  /** Called right before an attempt is launched; a rejection refuses it. */
  readonly beforeAttempt: ((command: LaunchCommand) => Promise<void>) | undefined
}

/** A signal with whom to tell once it is durable. */
interface Pending {
  readonly signal: KernelSignal
  readonly acknowledge: (() => void) | undefined
}

/** Drives one run from its first signal to its report. */
export class RunDriver {
  readonly #parts: DriverParts
  readonly #openedAtMs: number
  #inbox: Pending[] = []
  /** Whether the inbox holds more than news of attempts that started. */
  #isUrgent = false
  /** Texts of details by name, until the commit that needs them. */
  #details = new Map<string, string>()
  /** Details by name where no store keeps them. */
  readonly #kept = new Map<string, AttemptDetails>()
  #seq: number
  #isPumping = false
  #isScheduled = false
  #burstSinceMs = 0
  #cancelTimer: CancelWait | undefined
  #timerAtMs = Infinity
  #cancelHeartbeat: CancelWait | undefined
  #isOver = false
  readonly report: Promise<RunReport>
  #resolve: (report: RunReport) => void = () => undefined
  #reject: (error: unknown) => void = () => undefined

  constructor(parts: DriverParts) {
    this.#parts = parts
    this.#openedAtMs = parts.clock.now()
    this.#seq = parts.journal?.lastSeq ?? 0
    this.report = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
    // Whoever wants to know awaits it; whoever does not must not bring the process down.
    this.report.catch(() => undefined)
  }

  get kernel(): Kernel {
    return this.#parts.kernel
  }

  get isOver(): boolean {
    return this.#isOver
  }

  /**
   * Opens the run: engines attach and answer for what was open, then the first signals are taken. `first` begins the run
   * or is empty on a resume.
   */
  async start(first: readonly KernelSignal[]): Promise<void> {
    const { kernel, engines, epoch, journal, leaseMs, clock } = this.#parts
    try {
      const outstanding = kernel.outstanding()
      const isNew = kernel.state.options === undefined
      const opened: KernelSignal[] = isNew ? [] : [{ kind: 'open', epoch }]
      if (journal !== undefined) this.#beat(journal, clock, leaseMs)
      const engineOf = engineByWorker(kernel, engines)
      const answered: KernelSignal[] = []
      const again: LaunchCommand[] = []
      for (const engine of engines) {
        const open = outstanding.attempts.filter(({ worker }) => engineOf(worker) === engine)
        for (const answer of await engine.attach(this.#contextOf(engine), open)) {
          if (answer.kind === 'lost')
            answered.push({ kind: 'attempt-lost', attempt: answer.attempt, cause: 'coordinator' })
          else if (answer.kind === 'never-delivered') again.push(this.#command(answer.attempt))
        }
      }
      for (const { attempt, worker } of outstanding.attempts) {
        if (engineOf(worker) === undefined) answered.push({ kind: 'attempt-lost', attempt, cause: 'coordinator' })
      }
      // What the engines told while attaching comes after the run is open, or it would be forgotten with the old workers.
      const told = this.#inbox
      const ordered = isNew ? [...first.slice(0, 2), ...answered] : [...opened, ...answered]
      this.#inbox = ordered.map((signal) => ({ signal, acknowledge: undefined }))
      for (const pending of told) this.#inbox.push(pending)
      for (const signal of isNew ? first.slice(2) : first) this.#inbox.push({ signal, acknowledge: undefined })
      this.#isUrgent = true
      await this.#pump()
      this.#launch(again)
      for (const { attempt, cancelled } of outstanding.attempts) {
        if (cancelled !== undefined) this.#cancel(attempt, cancelled)
      }
    } catch (error) {
      await this.#fail(error)
    }
  }

  /** Takes a signal in; it is judged with the next step. */
  tell(signal: KernelSignal, acknowledge?: () => void): void {
    if (this.#isOver) {
      // The run is over for this owner; whatever comes now changes nothing that counts.
      acknowledge?.()
      return
    }
    this.#inbox.push({ signal, acknowledge })
    if (signal.kind !== 'attempt-started') this.#isUrgent = true
    this.#schedule()
  }

  #contextOf(engine: Engine): EngineContext {
    const { run, epoch, root } = this.#parts
    return {
      run,
      epoch,
      root,
      deliver: (signal, acknowledge) => {
        this.tell(signal, acknowledge)
      },
      news: (news) => {
        this.#tellNews(news)
      },
      warn: (message) => {
        this.#note(`${engine.name}: ${message}`)
      },
    }
  }

  #schedule(): void {
    if (this.#isScheduled || this.#isPumping) return
    this.#isScheduled = true
    const pump = (): void => {
      this.#isScheduled = false
      this.#pump().catch((error: unknown) => this.#fail(error))
    }
    // Steps follow one another in microtasks, but not for so long that timers, sockets and Ctrl-C starve. That an attempt
    // has started can wait a turn: a short one will have ended by then, and both take one commit instead of two.
    if (this.#isUrgent && this.#mayGoOn()) queueMicrotask(pump)
    else {
      setImmediate(() => {
        this.#burstSinceMs = this.#parts.clock.now()
        pump()
      })
    }
  }

  async #pump(): Promise<void> {
    if (this.#isPumping || this.#isOver) return
    this.#isPumping = true
    try {
      do {
        const batch = this.#takeBatch()
        const step = this.#decide(batch)
        if (step.entries.length > 0) {
          const commit = this.#commitOf(step)
          if (commit !== undefined) await this.#parts.journal?.append(commit)
        }
        this.#carryOut(step, batch)
      } while (this.#isUrgent && this.#mayGoOn())
    } finally {
      this.#isPumping = false
    }
    if (this.kernel.state.phase === 'over') await this.#finish()
    else {
      this.#setTimer()
      if (this.#inbox.length > 0) this.#schedule()
    }
  }

  #mayGoOn(): boolean {
    return this.kernel.state.phase !== 'over' && this.#parts.clock.now() - this.#burstSinceMs < burstMs
  }

  /** Signals for one step. A batch of tasks ends it, so that a large run is begun in rows of bounded size. */
  #takeBatch(): readonly Pending[] {
    const inbox = this.#inbox
    const last = inbox.findIndex(({ signal }, i) => i + 1 >= signalsPerStep || signal.kind === 'add-tasks')
    if (last < 0 || last + 1 === inbox.length) {
      this.#inbox = []
      this.#isUrgent = false
      return inbox
    }
    return inbox.splice(0, last + 1)
  }

  #decide(batch: readonly Pending[]): Step {
    const { kernel } = this.#parts
    kernel.beginStep(this.#runTime())
    for (const { signal } of batch) kernel.take(this.#withoutDetails(signal))
    return kernel.endStep()
  }

  #runTime(): number {
    const atMs = this.#parts.lastAtMs + this.#parts.clock.now() - this.#openedAtMs
    return Math.round(atMs * 1000) / 1000
  }

  /** Takes the details of an outcome out, to be stored by their hash in the same commit. */
  #withoutDetails(signal: KernelSignal): KernelSignal {
    if (signal.kind !== 'attempt-ended' || signal.details === undefined) return signal
    const { details, ...rest } = signal
    const text = JSON.stringify({ version: 1, ...details })
    const name = createHash('sha256').update(text).digest('base64url').slice(0, 22)
    if (this.#parts.journal === undefined) this.#kept.set(name, details)
    else this.#details.set(name, text)
    return { ...rest, outcome: { ...signal.outcome, details: name } }
  }

  #commitOf(step: Step): Commit | undefined {
    if (this.#parts.journal === undefined) return undefined
    const { atMs } = this.kernel.state
    // The first row says when the run started, so that a report read back says what the live one said.
    const wallMs = this.#seq === 0 ? this.#parts.startedAtWallMs : this.#parts.clock.wallNow()
    const bytes = encodeCommit({ version: journalVersion, atMs, wallMs, entries: step.entries })
    const details: { readonly name: string; readonly text: string }[] = []
    if (this.#details.size > 0) {
      for (const [name, text] of this.#details) details.push({ name, text })
      this.#details = new Map()
    }
    return { seq: ++this.#seq, bytes, details, status: statusAfter(step.entries) }
  }

  /** Everything that may happen only once the step is durable. */
  #carryOut(step: Step, batch: readonly Pending[]): void {
    const { events } = this.#parts
    for (const { acknowledge } of batch) acknowledge?.()
    if (events.isHeard) this.#publishStep(step)
    const launches: LaunchCommand[] = []
    for (const entry of step.entries) {
      if (entry.kind === 'launched')
        launches.push(this.#command({ run: this.#parts.run, task: entry.task, n: entry.n }))
      else if (entry.kind === 'cancelling') {
        this.#cancel({ run: this.#parts.run, task: entry.task, n: entry.n }, entry.because)
      }
    }
    this.#launch(launches)
  }

  #publishStep(step: Step): void {
    const { state } = this.kernel
    const { events } = this.#parts
    const position = this.#seq
    const { atMs } = state
    for (const text of step.notes) events.publish({ kind: 'note', text, position, atMs })
    for (const entry of step.entries) {
      const event = eventOf(state, entry, position)
      if (event !== undefined) events.publish(event)
    }
    for (const task of step.judged) {
      const verdict = state.verdict(task)
      if (verdict !== undefined) {
        events.publish({ kind: 'task-judged', task: state.tasks.id(task), verdict, position, atMs })
      }
    }
  }

  #note(text: string): void {
    this.#parts.events.publish({ kind: 'note', text, position: this.#seq, atMs: this.kernel.state.atMs })
  }

  #tellNews(news: ProvisionalNews): void {
    if (!this.#parts.events.isHeard || this.#isOver) return
    const { task: handle, n } = news.attempt
    const open = handle < this.kernel.state.tasks.size ? this.kernel.state.openAttempt(handle) : undefined
    if (open?.n !== n) return
    const { events } = this.#parts
    const task = this.kernel.state.tasks.id(handle)
    const position = this.#seq
    const { atMs } = this.kernel.state
    switch (news.kind) {
      case 'progress':
        events.publish({ kind: 'attempt-progress', task, n, fraction: news.fraction, message: news.message, position, atMs })
        return
      case 'output':
        events.publish({ kind: 'attempt-output', task, n, stream: news.stream, text: news.text, position, atMs })
        return
      case 'case':
        events.publish({ kind: 'case-ended', task, n, result: news.result, position, atMs })
        return
    }
  }

  #command(attempt: AttemptRef): LaunchCommand {
    const { state } = this.kernel
    const definition = state.tasks.definition(attempt.task)
    const row = state.tasks.lastAttempt(attempt.task)
    return {
      attempt,
      worker: state.workers.definition(state.attempts.worker(row)).id,
      task: definition,
      timeoutMs: definition.timeoutMs ?? state.settings.timeoutMs ?? undefined,
    }
  }

  #launch(commands: readonly LaunchCommand[]): void {
    if (commands.length === 0) return
    const { beforeAttempt, engines } = this.#parts
    if (beforeAttempt !== undefined) {
      for (const command of commands) this.#launchAfter(beforeAttempt, command)
      return
    }
    const [only] = engines
    if (engines.length === 1 && only !== undefined) {
      only.launch(commands)
      return
    }
    const engineOf = engineByWorker(this.kernel, engines)
    const byEngine = new Map<Engine, LaunchCommand[]>()
    for (const command of commands) {
      const engine = engineOf(command.worker)
      invariant(engine, 'a joined worker has an engine')
      const list = byEngine.get(engine)
      if (list === undefined) byEngine.set(engine, [command])
      else list.push(command)
    }
    for (const [engine, list] of byEngine) engine.launch(list)
  }

  #launchAfter(before: (command: LaunchCommand) => Promise<void>, command: LaunchCommand): void {
    before(command).then(
      () => {
        engineByWorker(this.kernel, this.#parts.engines)(command.worker)?.launch([command])
      },
      (error: unknown) => {
        const because = error instanceof Error ? error.message : String(error)
        this.#note(`the hook before ${command.task.id} threw: ${because}`)
        this.tell({ kind: 'attempt-refused', attempt: command.attempt, because })
      },
    )
  }

  #cancel(attempt: AttemptRef, because: string): void {
    const row = this.kernel.state.tasks.lastAttempt(attempt.task)
    const worker = this.kernel.state.workers.definition(this.kernel.state.attempts.worker(row)).id
    engineByWorker(this.kernel, this.#parts.engines)(worker)?.cancel(attempt, because)
  }

  #setTimer(): void {
    const { nextDueMs } = this.kernel
    if (nextDueMs === undefined || this.#isOver) return
    if (this.#cancelTimer !== undefined && this.#timerAtMs <= nextDueMs) return
    this.#cancelTimer?.()
    this.#timerAtMs = nextDueMs
    this.#cancelTimer = this.#parts.clock.after(Math.max(0, nextDueMs - this.#runTime()), () => {
      this.#cancelTimer = undefined
      this.#timerAtMs = Infinity
      this.#pump().catch((error: unknown) => this.#fail(error))
    })
  }

  #beat(journal: JournalWriter, clock: Clock, leaseMs: number): void {
    this.#cancelHeartbeat = clock.after(leaseMs / 3, () => {
      if (this.#isOver) return
      journal.heartbeat().then(
        () => {
          this.#beat(journal, clock, leaseMs)
        },
        (error: unknown) => this.#fail(error),
      )
    })
  }

  async #finish(): Promise<void> {
    if (this.#isOver) return
    this.#isOver = true
    this.#stopTimers()
    try {
      for (const engine of this.#parts.engines) await engine.detach(this.#parts.run)
      const report = reportOf(this.kernel.state, {
        startedAtWallMs: this.#parts.startedAtWallMs,
        details: await this.#readDetails(),
      })
      await this.#parts.journal?.close()
      this.#parts.events.publish({ kind: 'run-ended', report, position: this.#seq, atMs: this.kernel.state.atMs })
      this.#parts.events.end()
      this.#resolve(report)
    } catch (error) {
      this.#parts.events.end()
      this.#reject(error)
    }
  }

  /** Stops without a further effect on the journal; local children are ended. */
  async #fail(error: unknown): Promise<void> {
    if (this.#isOver) return
    this.#isOver = true
    this.#stopTimers()
    const cause = isMusterError(error) ? error : wrap(error)
    const endings = await Promise.allSettled(this.#parts.engines.map((engine) => engine.detach(this.#parts.run)))
    for (const ending of endings) {
      if (ending.status === 'rejected')
        this.#note(`an engine did not end: ${String(ending.reason)}`)
    }
    if (cause.code !== 'RUN_TAKEN_OVER') {
      await this.#parts.journal?.close().catch((closing: unknown) => {
        this.#note(`the journal did not close: ${String(closing)}`)
      })
    }
    this.#note(cause.message)
    this.#parts.events.end()
    this.#reject(cause)
  }

  #stopTimers(): void {
    this.#cancelTimer?.()
    this.#cancelHeartbeat?.()
  }

  async #readDetails(): Promise<ReadonlyMap<string, AttemptDetails>> {
    if (this.#parts.journal === undefined) return this.#kept
    return readDetails(this.kernel, (name) => this.#parts.readDetails(name))
  }
}

function statusAfter(entries: readonly Entry[]): Commit['status'] {
  const last = entries.at(-1)
  return last?.kind === 'finished'
    ? last.ending
    : entries.some((entry) => entry.kind === 'run-opened')
      ? 'open'
      : undefined
}

function engineByWorker(kernel: Kernel, engines: readonly Engine[]): (worker: string) => Engine | undefined {
  return (worker) => {
    const handle = kernel.state.workers.handle(worker)
    const name = handle === undefined ? undefined : kernel.state.workers.definition(handle).engine
    return engines.find((engine) => engine.name === name)
  }
}

function wrap(error: unknown): MusterError {
  return new MusterError('STORE_FAILED', {
    expected: 'the run to go on',
    got: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    cause: error,
  })
}
