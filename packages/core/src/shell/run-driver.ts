// The only loop: take the signals that wait, let the kernel decide, append the entries in one commit, and only when they
// are durable acknowledge, publish and launch. So a result that anybody has seen is a result that survives. While a commit
// is in flight the next signals gather. An append that fails or is not answered stops the run: memory is ahead of the
// journal then, and the journal decides at the next open.
import { createHash } from 'node:crypto'
import { isMusterError } from '../errors/muster-error.ts'
import type { AttemptRef } from '../model/attempt.ts'
import type { AttemptDetails } from '../model/outcome.ts'
import type { RunReport } from '../model/report.ts'
import type { CancelWait, Clock } from '../ports/clock.ts'
import type { Engine, EngineContext, LaunchCommand, ProvisionalNews } from '../ports/engine.ts'
import type { Commit, JournalWriter } from '../ports/store.ts'
import { encodeCommit, journalVersion } from '../run/commit-codec.ts'
import type { Entry } from '../run/entry.ts'
import { eventOf, eventOfNews } from '../run/events-of.ts'
import type { KernelSignal } from '../run/judge-signal.ts'
import type { Kernel, Step } from '../run/kernel.ts'
import { reportOf } from '../run/report-of.ts'
import { answerWithin } from './answer-within.ts'
import { EngineOutbox } from './engine-outbox.ts'
import type { EventHub } from './event-hub.ts'
import { OwnedJournal } from './owned-journal.ts'
import { readDetails } from './read-details.ts'
import { isFromEngine, SignalInbox, type ToldSignal } from './signal-inbox.ts'

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
  readonly storeTimeoutMs: number
  /** Reads stored details back for the report. */
  readDetails(name: string): Promise<string | undefined>
  /** Called right before an attempt is launched; a rejection refuses it. */
  readonly beforeAttempt: ((command: LaunchCommand) => Promise<void>) | undefined
}

/** Drives one run from its first signal to its report. */
export class RunDriver {
  readonly #parts: DriverParts
  readonly #openedAtMs: number
  readonly #inbox = new SignalInbox()
  readonly #outbox: EngineOutbox
  readonly #journal: OwnedJournal | undefined
  /** Texts of details by name, until the commit that needs them. */
  #details = new Map<string, string>()
  /** Details by name where no store keeps them. */
  readonly #kept = new Map<string, AttemptDetails>()
  #seq: number
  /** The last row that is durable. */
  #position: number
  #isOpen = false
  #isPumping = false
  #isScheduled = false
  #burstSinceMs = 0
  #cancelTimer: CancelWait | undefined
  #timerAtMs = Infinity
  #isOver = false
  #hasFinished = false
  /**
   * Resolves when the run has ended. Rejects with a `MusterError` where store, engine or policy broke, and with anything
   * else only for a bug of ours.
   */
  readonly report: Promise<RunReport>
  #resolve: (report: RunReport) => void = () => undefined
  #reject: (error: unknown) => void = () => undefined

  constructor(parts: DriverParts) {
    const { run, engines, kernel, clock, journal, leaseMs, storeTimeoutMs, beforeAttempt } = parts
    const note = (text: string): void => {
      this.#note(text)
    }
    const fail = (error: unknown): void => {
      void this.#fail(error)
    }
    this.#parts = parts
    this.#openedAtMs = clock.now()
    this.#seq = this.#position = journal?.lastSeq ?? 0
    this.#journal =
      journal === undefined
        ? undefined
        : new OwnedJournal({ journal, clock, leaseMs, storeTimeoutMs, note, lost: fail })
    this.#outbox = new EngineOutbox({
      run,
      engines,
      kernel,
      clock,
      beforeAttempt,
      contextOf: (engine) => this.#contextOf(engine),
      tell: (signal) => {
        this.tell(signal)
      },
      note,
      fail,
      isAhead: () => this.#isPumping,
    })
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

  /** Whether the kernel knows the run's tasks. */
  get isOpen(): boolean {
    return this.#isOpen
  }

  get isOver(): boolean {
    return this.#isOver
  }

  /**
   * Opens the run: engines attach and answer for what was open, then the first signals are taken. `first` begins the run
   * or is empty on a resume. What was told before is judged in the same step as the last of `first`, before anything is
   * launched. Never rejects; whatever goes wrong is told by the report.
   */
  async start(first: readonly KernelSignal[]): Promise<void> {
    const { kernel, epoch } = this.#parts
    try {
      const isNew = kernel.state.options === undefined
      const beginning: readonly KernelSignal[] = isNew ? first.slice(0, 2) : [{ kind: 'open', epoch }]
      this.#journal?.keep()
      const { answered, again } = await this.#outbox.attach(kernel.outstanding())
      if (this.isOver) return
      this.#open([...beginning, ...answered], isNew ? first.slice(2) : first)
      await this.#pump()
      if (this.#isOver) return
      this.#outbox.launch(again.filter(({ task, n }) => kernel.state.openAttempt(task)?.n === n))
      this.#outbox.cancelAgain()
    } catch (error) {
      await this.#fail(error)
    }
  }

  /** Takes a signal in; it is judged with the next step. */
  tell(signal: KernelSignal, acknowledge?: () => void): void {
    if (!this.#isOver) {
      this.#inbox.push(signal, acknowledge)
      this.#schedule()
      return
    }
    // After its end a run cannot be changed any more. Where it was only stopped, the next owner has to hear of it.
    if (this.#hasFinished) this.#acknowledge({ signal, acknowledge })
  }

  /** What the engines told while they attached comes after the run is open, or it would be forgotten with the old workers. */
  #open(beginning: readonly KernelSignal[], rest: readonly KernelSignal[]): void {
    const told = this.#inbox.takeAll()
    for (const signal of beginning) this.#inbox.push(signal)
    for (const { signal, acknowledge } of told) if (isFromEngine(signal)) this.#inbox.push(signal, acknowledge)
    for (const signal of rest) this.#inbox.push(signal)
    for (const { signal, acknowledge } of told) if (!isFromEngine(signal)) this.#inbox.push(signal, acknowledge)
    this.#isOpen = true
  }

  #contextOf(engine: Engine): EngineContext {
    const { run, epoch, root } = this.#parts
    return {
      run,
      epoch,
      root,
      deliver: (signal, acknowledge) => {
        if (signal.kind !== 'worker-joined' || signal.worker.engine === engine.name) this.tell(signal, acknowledge)
        // Launches find their way by this name.
        else this.tell({ ...signal, worker: { ...signal.worker, engine: engine.name } }, acknowledge)
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
    if (this.#isScheduled || this.#isPumping || !this.#isOpen) return
    this.#isScheduled = true
    const pump = (): void => {
      this.#isScheduled = false
      this.#pump().catch((error: unknown) => this.#fail(error))
    }
    // Steps follow one another in microtasks, but not for so long that timers, sockets and Ctrl-C starve. That an attempt
    // has started can wait a turn: a short one will have ended by then, and both take one commit instead of two.
    if (this.#inbox.isUrgent && this.#mayGoOn()) queueMicrotask(pump)
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
        const batch = this.#inbox.takeBatch()
        const step = this.#decide(batch)
        const commit = this.#commitOf(step)
        if (commit !== undefined) await this.#journal?.append(commit)
        // The lease may have been lost while the store was busy: then nothing of this is ours to carry out.
        if (this.isOver) return
        this.#position = this.#seq
        this.#carryOut(step, batch)
      } while (this.#inbox.isUrgent && this.#mayGoOn())
    } finally {
      this.#isPumping = false
    }
    if (this.kernel.state.phase === 'over') await this.#finish()
    else {
      this.#setTimer()
      if (this.#inbox.size > 0) this.#schedule()
    }
  }

  #mayGoOn(): boolean {
    return this.kernel.state.phase !== 'over' && this.#parts.clock.now() - this.#burstSinceMs < burstMs
  }

  #decide(batch: readonly ToldSignal[]): Step {
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
    if (this.#journal === undefined) this.#kept.set(name, details)
    else this.#details.set(name, text)
    return { ...rest, outcome: { ...signal.outcome, details: name } }
  }

  #commitOf(step: Step): Commit | undefined {
    if (this.#journal === undefined) return undefined
    const details = Array.from(this.#details, ([name, text]) => ({ name, text }))
    if (details.length > 0) this.#details = new Map()
    // Nothing was accepted, so nobody will ask for details either.
    if (step.entries.length === 0) return undefined
    const { atMs } = this.kernel.state
    // The first row says when the run started, so that a report read back says what the live one said.
    const wallMs = this.#seq === 0 ? this.#parts.startedAtWallMs : this.#parts.clock.wallNow()
    const bytes = encodeCommit({ version: journalVersion, atMs, wallMs, entries: step.entries })
    return { seq: ++this.#seq, bytes, details, status: statusAfter(step.entries) }
  }

  /** Everything that may happen only once the step is durable. */
  #carryOut(step: Step, batch: readonly ToldSignal[]): void {
    const { events, run } = this.#parts
    for (const told of batch) if (told.acknowledge !== undefined) this.#acknowledge(told)
    if (events.isHeard) this.#publishStep(step)
    const launches: AttemptRef[] = []
    for (const entry of step.entries) {
      if (entry.kind === 'launched') launches.push({ run, task: entry.task, n: entry.n })
      else if (entry.kind === 'cancelling') this.#outbox.cancel({ run, task: entry.task, n: entry.n }, entry.because)
    }
    this.#outbox.launch(launches)
  }

  /** A signal of another run is not ours to acknowledge: who drives that run has to hear it. */
  #acknowledge({ signal, acknowledge }: ToldSignal): void {
    if ('attempt' in signal && signal.attempt.run !== this.#parts.run) return
    try {
      acknowledge?.()
    } catch (error) {
      this.#note(`an engine threw on an acknowledgement: ${error instanceof Error ? error.message : String(error)}`)
    }
  }

  #publishStep(step: Step): void {
    const { state } = this.kernel
    const { events } = this.#parts
    const position = this.#position
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
    this.#parts.events.publish({ kind: 'note', text, position: this.#position, atMs: this.kernel.state.atMs })
  }

  #tellNews(news: ProvisionalNews): void {
    const { events } = this.#parts
    if (!events.isHeard || this.#isOver) return
    const event = eventOfNews(this.kernel.state, news, this.#position)
    if (event !== undefined) events.publish(event)
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

  async #finish(): Promise<void> {
    if (this.#isOver) return
    this.#hasFinished = true
    this.#stop()
    for (const told of this.#inbox.takeAll()) if (isFromEngine(told.signal)) this.#acknowledge(told)
    await this.#outbox.detach('over')
    try {
      const details = await this.#readDetails()
      const report = reportOf(this.kernel.state, { startedAtWallMs: this.#parts.startedAtWallMs, details })
      await this.#journal?.close()
      this.#parts.events.publish({ kind: 'run-ended', report, position: this.#position, atMs: this.kernel.state.atMs })
      this.#parts.events.end()
      this.#resolve(report)
    } catch (error) {
      await this.#journal?.close()
      this.#parts.events.end()
      this.#reject(error)
    }
  }

  /** Stops without a further effect on the journal; local children are ended. */
  async #fail(error: unknown): Promise<void> {
    if (this.#isOver) return
    this.#stop()
    const isTakenOver = isMusterError(error) && error.code === 'RUN_TAKEN_OVER'
    await this.#outbox.detach(isTakenOver ? 'taken-over' : 'over')
    if (!isTakenOver) await this.#journal?.close()
    this.#note(error instanceof Error ? error.message : String(error))
    this.#parts.events.end()
    this.#reject(error)
  }

  #stop(): void {
    this.#isOver = true
    this.#cancelTimer?.()
    this.#journal?.release()
    this.#outbox.stop()
  }

  async #readDetails(): Promise<ReadonlyMap<string, AttemptDetails>> {
    if (this.#journal === undefined) return this.#kept
    const { clock, storeTimeoutMs: limitMs } = this.#parts
    return readDetails(this.kernel, (name) =>
      answerWithin(this.#parts.readDetails(name), { clock, limitMs, what: 'the store to read details back' }),
    )
  }
}

function statusAfter(entries: readonly Entry[]): Commit['status'] {
  const last = entries.at(-1)
  if (last?.kind === 'finished') return last.ending
  return entries.some((entry) => entry.kind === 'run-opened') ? 'open' : undefined
}
