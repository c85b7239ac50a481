// The only loop: take the signals that wait, let the kernel decide, append the entries in one commit, and only when they
// are durable acknowledge, publish and launch. So a result that anybody has seen is a result that survives. While a commit
// is in flight the next signals gather. An append that fails or is not answered stops the run: memory is ahead of the
// journal then, and the journal decides at the next open.
import { messageOf } from '../errors/message-of.ts'
import { isMusterError, MusterError } from '../errors/muster-error.ts'
import type { AttemptRef } from '../model/attempt.ts'
import type { RunReport } from '../model/report.ts'
import type { Clock } from '../ports/clock.ts'
import type { Engine, LaunchCommand } from '../ports/engine.ts'
import type { JournalWriter } from '../ports/store.ts'
import type { KernelSignal } from '../run/judge-signal.ts'
import type { Kernel, Step } from '../run/kernel.ts'
import { reportOf } from '../run/report-of.ts'
import { stopsLaunches } from '../run/stops-launches.ts'
import { DueTimer } from './due-timer.ts'
import { engineContext } from './engine-context.ts'
import { EngineOutbox } from './engine-outbox.ts'
import type { EventHub } from './event-hub.ts'
import type { AfterHooks } from './hooks.ts'
import { RunPublisher } from './run-publisher.ts'
import { isFromEngine, SignalInbox, type ToldSignal } from './signal-inbox.ts'
import { StepRecorder } from './step-recorder.ts'

/** Longest time in milliseconds that steps follow one another without letting timers and sockets have their turn. */
const burstMs = 15

/** Tasks that one note names at most. */
const mostNamed = 10

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
  /** Wall time at which the journal ends, in milliseconds since 1970; a new run has none. */
  readonly lastWallMs: number | undefined
  readonly leaseMs: number
  readonly storeTimeoutMs: number
  readonly engineTimeoutMs: number
  /** Reads stored details back for the report. */
  readDetails(name: string): Promise<string | undefined>
  /** Called right before an attempt is launched; a rejection fails it. */
  readonly beforeAttempt: ((command: LaunchCommand) => Promise<void>) | undefined
  /** Awaited before the report resolves. */
  readonly afterHooks: AfterHooks | undefined
}

/** Drives one run from its first signal to its report. */
export class RunDriver {
  readonly #parts: DriverParts
  readonly #openedAtMs: number
  /** Wall time in milliseconds between the end of the journal and this owner; a jump of the wall clock counts with it. */
  readonly #downMs: number
  readonly #inbox = new SignalInbox()
  readonly #outbox: EngineOutbox
  readonly #recorder: StepRecorder
  readonly #publisher: RunPublisher
  readonly #timer: DueTimer
  #isOpen = false
  #isPumping = false
  #isScheduled = false
  #burstSinceMs = 0
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
    const { kernel, clock, journal, events } = parts
    const fail = (error: unknown): void => {
      void this.#fail(error)
    }
    this.#parts = parts
    this.#openedAtMs = clock.now()
    this.#downMs = parts.lastWallMs === undefined ? 0 : clock.wallNow() - parts.lastWallMs
    const publisher = new RunPublisher(kernel, events, journal?.lastSeq ?? 0, () => this.#runTime())
    const note = (text: string): void => {
      publisher.note(text)
    }
    this.#publisher = publisher
    this.#recorder = new StepRecorder({ ...parts, note, lost: fail })
    this.#timer = new DueTimer(clock, () => {
      this.#pump().catch(fail)
    })
    this.#outbox = new EngineOutbox({
      ...parts,
      contextOf: (engine) =>
        engineContext(engine, {
          ...parts,
          tell: (signal, acknowledge) => {
            this.tell(signal, acknowledge)
          },
          news: (news) => {
            if (!this.#isOver) publisher.news(news)
          },
          note,
        }),
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
      const beginning: readonly KernelSignal[] = isNew
        ? first.slice(0, 2)
        : [{ kind: 'open', epoch, downMs: this.#downMs }]
      this.#recorder.keep()
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
        this.#publisher.goesAhead()
        const step = this.#decide(batch)
        const durable = this.#recorder.record(step)
        if (durable !== undefined) await durable
        // The lease may have been lost while the store was busy: then nothing of this is ours to carry out.
        if (this.isOver) return
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
    for (const { signal } of batch) kernel.take(this.#recorder.strip(signal))
    return kernel.endStep()
  }

  #setTimer(): void {
    const { nextDueMs } = this.kernel
    if (nextDueMs !== undefined && !this.#isOver) this.#timer.set(nextDueMs, this.#runTime())
  }

  #runTime(): number {
    const atMs = this.#parts.lastAtMs + this.#parts.clock.now() - this.#openedAtMs
    return Math.round(atMs * 1000) / 1000
  }

  /** Everything that may happen only once the step is durable. */
  #carryOut(step: Step, batch: readonly ToldSignal[]): void {
    const { run } = this.#parts
    for (const told of batch) if (told.acknowledge !== undefined) this.#acknowledge(told)
    this.#publisher.step(step, this.#recorder.position)
    const launches: AttemptRef[] = []
    for (const entry of step.entries) {
      if (entry.kind === 'launched') launches.push({ run, task: entry.task, n: entry.n })
      else if (entry.kind === 'cancelling') this.#outbox.cancel({ run, task: entry.task, n: entry.n }, entry.because)
    }
    this.#outbox.launch(launches)
    if (step.entries.some(stopsLaunches)) this.#outbox.recall()
  }

  /** A signal of another run is not ours to acknowledge: who drives that run has to hear it. */
  #acknowledge({ signal, acknowledge }: ToldSignal): void {
    if ('attempt' in signal && signal.attempt.run !== this.#parts.run) return
    try {
      acknowledge?.()
    } catch (error) {
      this.#publisher.note(`an engine threw on an acknowledgement: ${messageOf(error)}`)
    }
  }

  async #finish(): Promise<void> {
    if (this.#isOver) return
    this.#hasFinished = true
    this.#stop()
    for (const told of this.#inbox.takeAll()) if (isFromEngine(told.signal)) this.#acknowledge(told)
    await this.#outbox.detach('over')
    try {
      const details = await this.#recorder.details((error) => {
        this.#publisher.note(`the report lacks cases and output of attempts: ${messageOf(error)}`)
      })
      const report = reportOf(this.kernel.state, { startedAtWallMs: this.#parts.startedAtWallMs, details })
      await this.#recorder.close()
      await this.#parts.afterHooks?.runEnded(report, this.#publisher.place)
      this.#publisher.ended(report)
      this.#resolve(report)
    } catch (error) {
      await this.#recorder.close()
      this.#publisher.stopped()
      this.#reject(error)
    }
  }

  /** Stops without a further effect on the journal; local children are ended. */
  async #fail(error: unknown): Promise<void> {
    if (this.#isOver) return
    this.#stop()
    const isTakenOver = isMusterError(error) && error.code === 'RUN_TAKEN_OVER'
    if (isMusterError(error) && error.code === 'STORE_FULL') this.#nameThoseThatRan()
    await this.#outbox.detach(isTakenOver ? 'taken-over' : 'over')
    if (!isTakenOver) await this.#recorder.close()
    await this.#parts.afterHooks?.settled(this.#publisher.place)
    this.#publisher.note(messageOf(error))
    const told = await this.#withReport(error)
    this.#publisher.stopped()
    this.#reject(told)
  }

  /** A store that failed keeps nothing more, but what was found out until then is worth telling: partial, and said to be. */
  async #withReport(error: unknown): Promise<unknown> {
    if (!isMusterError(error) || !error.code.startsWith('STORE_')) return error
    const { state } = this.kernel
    if (state.options === undefined) return error
    const details = await this.#recorder.details((why) => {
      this.#publisher.note(`the partial report lacks cases and output of attempts: ${messageOf(why)}`)
    })
    const report = reportOf(state, { startedAtWallMs: this.#parts.startedAtWallMs, details })
    const { code, expected, got, remedy } = error
    return new MusterError(code, { expected, got, remedy, cause: error.cause, report })
  }

  /** Whoever filled the disk is most likely among them. */
  #nameThoseThatRan(): void {
    const { state } = this.kernel
    const ran = [...state.running].map((task) => state.taskReport(task).id)
    if (ran.length === 0) return
    const more = ran.length > mostNamed ? ` and ${ran.length - mostNamed} more` : ''
    this.#publisher.note(`no space was left while there ran: ${ran.slice(0, mostNamed).join(', ')}${more}`)
  }

  #stop(): void {
    this.#isOver = true
    this.#timer.stop()
    this.#recorder.release()
    this.#outbox.stop()
  }
}
