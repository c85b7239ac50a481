// One engine on trial: it plays the run that the engine serves, writes down every signal, and waits for signals instead of
// for time.
import type { AttemptRef } from '../model/attempt.ts'
import type { AttemptLimits } from '../model/limits.ts'
import type { Outcome } from '../model/outcome.ts'
import type { TaskDefinition } from '../model/task.ts'
import type { AttachAnswer, Engine, EngineContext, OpenAttempt, ProvisionalNews } from '../ports/engine.ts'
import type { AttemptSignal, WorkerSignal } from '../run/signal.ts'

/** What the task of a contract case does. */
export type TrialTask =
  /** Ends well, with `output` as output. */
  | { readonly kind: 'pass'; readonly output?: unknown }
  /** Throws an error with this message. */
  | { readonly kind: 'fail'; readonly message: string }
  /** Reports a case, progress and a line of text through its context, then ends well. */
  | { readonly kind: 'report'; readonly text: string }
  /** Waits until its signal is aborted, then throws the reason. */
  | { readonly kind: 'wait' }
  /** Never ends and does not listen to its signal. */
  | { readonly kind: 'ignore' }
  /** Blocks its thread for ever. Asked for only where the engine has processes. */
  | { readonly kind: 'loop' }
  /** Ends its process in the middle. Asked for only where the engine has processes. */
  | { readonly kind: 'crash' }
  /** Starts a process that outlives it, and gives its id as output. Asked for only where the engine has processes. */
  | { readonly kind: 'leave' }

/** What an engine is proven with. */
export interface EngineSubject {
  /** A new engine with exactly two slots that runs the tasks made by `task`, and gives up after a short grace. */
  create(): Engine | Promise<Engine>
  /** A task that behaves so. */
  task(id: string, does: TrialTask): TaskDefinition
  /** Project root, absolute; nobody else may serve runs there at the same time. */
  readonly root: string
  /** Present where attempts run in processes of their own. */
  readonly processes?: {
    /** Ids of all living processes of a run. */
    readonly ofRun: (run: string) => readonly number[]
    readonly isAlive: (pid: number) => boolean
  }
  /** Present where what an attempt may use is held, as `limits` of a task say. */
  readonly limits?: {
    /** A limit that a task which blocks its thread for ever comes to pass soon: of processor time, say. */
    readonly ofLoop: AttemptLimits
  }
}

type Signal = AttemptSignal | WorkerSignal
type Waiter = { readonly isEnough: () => boolean; readonly resolve: () => void }

/** A run that an engine under trial serves. */
export class EngineTrial {
  readonly engine: Engine
  readonly subject: EngineSubject
  readonly run: string
  readonly signals: Signal[] = []
  readonly news: ProvisionalNews[] = []
  readonly warnings: string[] = []
  #worker = ''
  #tasks = 0
  #waiters: Waiter[] = []

  constructor(engine: Engine, subject: EngineSubject, run: string) {
    this.engine = engine
    this.subject = subject
    this.run = run
  }

  /** The next owner of the same run; its tasks come after those there are. */
  successor(): EngineTrial {
    const next = new EngineTrial(this.engine, this.subject, this.run)
    next.#tasks = this.#tasks
    return next
  }

  async attach(epoch = 1, open: readonly OpenAttempt[] = []): Promise<readonly AttachAnswer[]> {
    const answers = await this.engine.attach(this.#context(epoch), open)
    await this.until(() => this.workers().length > 0)
    this.#worker = this.workers()[0] ?? ''
    return answers
  }

  /** Launches a new task and gives its attempt. */
  launch(does: TrialTask, timeoutMs?: number, limits?: AttemptLimits): AttemptRef {
    const attempt = this.nextAttempt()
    this.launchAs(attempt, does, timeoutMs, limits)
    return attempt
  }

  nextAttempt(): AttemptRef {
    return { run: this.run, task: this.#tasks++, n: 1 }
  }

  launchAs(attempt: AttemptRef, does: TrialTask, timeoutMs?: number, limits?: AttemptLimits): void {
    const plain = this.subject.task(`task ${attempt.task} ü`, does)
    const task = limits === undefined ? plain : { ...plain, limits }
    this.engine.launch([{ attempt, worker: this.#worker, task, timeoutMs }])
  }

  /** All that was told of an attempt, in order. */
  of(attempt: AttemptRef): readonly AttemptSignal[] {
    return this.signals.filter(
      (signal): signal is AttemptSignal => 'attempt' in signal && isSame(signal.attempt, attempt),
    )
  }

  /** Waits until the attempt is over, however it ended. */
  async over(attempt: AttemptRef): Promise<AttemptSignal> {
    const find = (): AttemptSignal | undefined => this.of(attempt).find(({ kind }) => kind !== 'attempt-started')
    await this.until(() => find() !== undefined)
    return find() ?? { kind: 'attempt-lost', attempt, cause: 'worker' }
  }

  /** Waits for the outcome of an attempt that has to end with one. */
  async outcome(attempt: AttemptRef): Promise<Outcome> {
    const signal = await this.over(attempt)
    if (signal.kind !== 'attempt-ended')
      throw new Error(`Expected an attempt to end with an outcome, got ${signal.kind}.`)
    return signal.outcome
  }

  async started(attempt: AttemptRef): Promise<void> {
    await this.until(() => this.of(attempt).length > 0)
  }

  workers(): readonly string[] {
    return this.signals.flatMap((signal) => (signal.kind === 'worker-joined' ? [signal.worker.id] : []))
  }

  /** Attempts that the worker takes beyond its slots. */
  get prefetch(): number {
    const joined = this.signals.find((signal) => signal.kind === 'worker-joined')
    return joined?.worker.prefetch ?? 0
  }

  /** What workers that joined said of their lives; `undefined` where one said nothing. */
  incarnations(): readonly (number | undefined)[] {
    return this.signals.flatMap((signal) => (signal.kind === 'worker-joined' ? [signal.incarnation] : []))
  }

  until(isEnough: () => boolean): Promise<void> {
    if (isEnough()) return Promise.resolve()
    return new Promise((resolve) => this.#waiters.push({ isEnough, resolve }))
  }

  #context(epoch: number): EngineContext {
    return {
      run: this.run,
      epoch,
      root: this.subject.root,
      deliver: (signal, acknowledge) => {
        this.signals.push(signal)
        acknowledge?.()
        this.#wake()
      },
      news: (news) => {
        this.news.push(news)
        this.#wake()
      },
      warn: (message) => {
        this.warnings.push(message)
        this.#wake()
      },
    }
  }

  #wake(): void {
    const enough = this.#waiters.filter(({ isEnough }) => isEnough())
    this.#waiters = this.#waiters.filter((waiter) => !enough.includes(waiter))
    for (const { resolve } of enough) resolve()
  }
}

function isSame(one: AttemptRef, other: AttemptRef): boolean {
  return one.run === other.run && one.task === other.task && one.n === other.n
}
