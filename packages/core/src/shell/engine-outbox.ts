// What goes out to the engines: launches once their hooks have let them go, and cancels again and again until the attempt is
// over. It is handed only what is durable. What an engine cannot carry out it says by a signal; one that throws has broken
// its contract, and nobody knows any more what runs: that stops the run.
import { invariant } from '../errors/invariant.ts'
import { messageOf } from '../errors/message-of.ts'
import { isMusterError, MusterError } from '../errors/muster-error.ts'
import { failureFromError } from '../failure/failure-from-error.ts'
import type { AttemptRef } from '../model/attempt.ts'
import type { CancelWait, Clock } from '../ports/clock.ts'
import type { DetachReason, Engine, EngineContext, LaunchCommand } from '../ports/engine.ts'
import type { KernelSignal } from '../run/judge-signal.ts'
import type { Kernel, Outstanding } from '../run/kernel.ts'
import { answerWithin } from './answer-within.ts'

/** After this many milliseconds an attempt that was cancelled and has not ended is cancelled again. */
const cancelAgainMs = 5_000

/** What an outbox is made of. */
export interface EngineOutboxParts {
  readonly run: string
  readonly engines: readonly Engine[]
  readonly kernel: Kernel
  readonly clock: Clock
  /** How long an engine may take to attach or to let go, in milliseconds. */
  readonly engineTimeoutMs: number
  /** Awaited before an attempt is launched; a rejection fails it. */
  readonly beforeAttempt: ((command: LaunchCommand) => Promise<void>) | undefined
  readonly contextOf: (engine: Engine) => EngineContext
  readonly tell: (signal: KernelSignal) => void
  readonly note: (text: string) => void
  /** Called where an engine threw outside of a step. */
  readonly fail: (error: unknown) => void
  /** Whether the kernel's state is ahead of the journal right now. */
  readonly isAhead: () => boolean
}

/** What the engines answered for the attempts that were open. */
export interface Attached {
  readonly answered: readonly KernelSignal[]
  /** Attempts whose launch never arrived. */
  readonly again: readonly AttemptRef[]
}

/** The way from the driver to the engines of a run. */
export class EngineOutbox {
  readonly #parts: EngineOutboxParts
  /** Numbers of the attempts that wait for their hooks, by task. */
  readonly #held = new Map<number, number>()
  #cancelRepeat: CancelWait | undefined
  #isStopped = false

  constructor(parts: EngineOutboxParts) {
    this.#parts = parts
  }

  /** Every engine serves the run from now on, and answers for what was open. */
  async attach({ attempts }: Outstanding): Promise<Attached> {
    const answered: KernelSignal[] = []
    const again: AttemptRef[] = []
    for (const engine of this.#parts.engines) {
      const open = attempts.filter(({ worker }) => this.#engineOf(worker) === engine)
      for (const answer of await this.#attachTo(engine, open)) {
        if (answer.kind === 'lost') answered.push(lost(answer.attempt))
        else if (answer.kind === 'never-delivered') again.push(answer.attempt)
      }
      if (this.#isStopped) break
    }
    for (const { attempt, worker } of attempts) {
      if (this.#engineOf(worker) === undefined) answered.push(lost(attempt))
    }
    return { answered, again }
  }

  launch(attempts: readonly AttemptRef[]): void {
    if (attempts.length === 0 || this.#isStopped) return
    const commands = attempts.map((attempt) => this.#command(attempt))
    const { beforeAttempt, engines } = this.#parts
    if (beforeAttempt !== undefined) {
      for (const command of commands) this.#launchAfter(beforeAttempt, command)
      return
    }
    const [only] = engines
    if (engines.length === 1 && only !== undefined) {
      launchOn(only, commands)
      return
    }
    const byEngine = new Map<Engine, LaunchCommand[]>()
    for (const command of commands) {
      const engine = this.#engineOf(command.worker)
      invariant(engine, 'a joined worker has an engine')
      const list = byEngine.get(engine)
      if (list === undefined) byEngine.set(engine, [command])
      else list.push(command)
    }
    for (const [engine, list] of byEngine) launchOn(engine, list)
  }

  /** Asks for the end of an attempt, now and until it has ended. */
  cancel(attempt: AttemptRef, because: string): void {
    if (this.#isStopped) return
    this.#ask(attempt, because)
    this.#repeatLater()
  }

  /** Nothing new is to begin: what waits with its worker comes back. */
  recall(): void {
    const { state } = this.#parts.kernel
    for (const { attempt, worker } of this.#isStopped ? [] : this.#parts.kernel.outstanding().attempts) {
      if (state.attempts.isStarted(state.tasks.lastAttempt(attempt.task))) continue
      const engine = this.#engineOf(worker)
      try {
        engine?.recall?.(attempt)
      } catch (error) {
        throw engineFailed(engine, 'recall', error)
      }
    }
  }

  /** Asks for the end of everything that was cancelled and has not ended. */
  cancelAgain(): void {
    const { kernel } = this.#parts
    if (kernel.state.cancelling.size === 0) return
    for (const { attempt, cancelled } of kernel.outstanding().attempts) {
      if (cancelled !== undefined) this.cancel(attempt, cancelled)
    }
  }

  /** Nothing goes out any more. */
  stop(): void {
    this.#isStopped = true
    this.#held.clear()
    this.#cancelRepeat?.()
  }

  /** Every engine lets go of the run; one that cannot is a note, since what is durable counts all the same. */
  async detach(why: DetachReason): Promise<void> {
    const { engines, run, note } = this.#parts
    const endings = await Promise.allSettled(
      engines.map((engine) => this.#answer(engine, 'let go of the run', async () => engine.detach(run, why))),
    )
    for (const [i, ending] of endings.entries()) {
      if (ending.status === 'rejected')
        note(`engine ${engines[i]?.name ?? ''} did not let go: ${messageOf(ending.reason)}`)
    }
  }

  async #attachTo(engine: Engine, open: Outstanding['attempts']): ReturnType<Engine['attach']> {
    try {
      return await this.#answer(engine, 'attach', async () => engine.attach(this.#parts.contextOf(engine), open))
    } catch (error) {
      throw engineFailed(engine, 'attach', error)
    }
  }

  #answer<Value>({ name }: Engine, to: string, ask: () => Promise<Value>): Promise<Value> {
    const { clock, engineTimeoutMs: limitMs } = this.#parts
    return answerWithin(ask(), { clock, limitMs, what: `engine ${name} to ${to}`, code: 'ENGINE_FAILED' })
  }

  #command(attempt: AttemptRef): LaunchCommand {
    const { state } = this.#parts.kernel
    const definition = state.tasks.definition(attempt.task)
    const row = state.tasks.lastAttempt(attempt.task)
    const worker = state.attempts.worker(row)
    const scope = state.scopesOfRows.size === 0 ? undefined : state.scopesOfRows.get(row)
    return {
      attempt,
      worker: state.workers.definition(worker).id,
      incarnation: state.workers.incarnation(worker),
      task: definition,
      timeoutMs: definition.timeoutMs ?? state.settings.timeoutMs ?? undefined,
      ...processFor(state, row, worker),
      ...(scope === undefined ? undefined : { cases: scope.cases }),
    }
  }

  #launchAfter(before: (command: LaunchCommand) => Promise<void>, command: LaunchCommand): void {
    const { attempt, task, worker } = command
    this.#held.set(attempt.task, attempt.n)
    before(command)
      .then(
        () => {
          if (!this.#letGo(attempt)) return
          const engine = this.#engineOf(worker)
          invariant(engine, 'a joined worker has an engine')
          launchOn(engine, [command])
        },
        (error: unknown) => {
          if (!this.#letGo(attempt)) return
          // The user's own code fails the attempt, as an executor's throw would: it is charged, so it comes to an end.
          const failure = failureFromError(error, [
            `thrown by the hook before attempt ${String(attempt.n)} of ${task.id}`,
          ])
          this.#parts.tell({ kind: 'attempt-ended', attempt, outcome: { result: 'failed', durationMs: 0, failure } })
        },
      )
      .catch((error: unknown) => {
        this.#parts.fail(error)
      })
  }

  /** Whether the attempt was still waiting for its hooks and is meant to go on. */
  #letGo({ task, n }: AttemptRef): boolean {
    if (this.#held.get(task) !== n) return false
    this.#held.delete(task)
    return this.#parts.kernel.state.openAttempt(task)?.n === n
  }

  #ask(attempt: AttemptRef, because: string): void {
    // Its hooks are still busy: it never started, and will not.
    if (this.#letGo(attempt)) {
      this.#parts.tell({ kind: 'attempt-refused', attempt, because })
      return
    }
    const engine = this.#engineOf(this.#workerOf(attempt))
    try {
      engine?.cancel(attempt, because)
    } catch (error) {
      throw engineFailed(engine, 'cancel', error)
    }
  }

  #repeatLater(): void {
    this.#cancelRepeat ??= this.#parts.clock.after(cancelAgainMs, () => {
      this.#cancelRepeat = undefined
      try {
        // What the state holds ahead of the journal is not to be carried out yet; the next time it will be.
        if (this.#parts.isAhead()) this.#repeatLater()
        else this.cancelAgain()
      } catch (error) {
        this.#parts.fail(error)
      }
    })
  }

  #workerOf(attempt: AttemptRef): string {
    const { tasks, attempts, workers } = this.#parts.kernel.state
    return workers.definition(attempts.worker(tasks.lastAttempt(attempt.task))).id
  }

  #engineOf(worker: string): Engine | undefined {
    const { workers } = this.#parts.kernel.state
    const handle = workers.handle(worker)
    const name = handle === undefined ? undefined : workers.definition(handle).engine
    return this.#parts.engines.find((engine) => engine.name === name)
  }
}

/** The process that the attempt's recovery asks for, where its worker has such. */
function processFor(state: Kernel['state'], row: number, worker: number): Pick<LaunchCommand, 'process'> {
  const process = state.recoveryOf(row)?.process
  return process === undefined || state.workers.definition(worker).freshProcesses !== true ? {} : { process }
}

function launchOn(engine: Engine, commands: readonly LaunchCommand[]): void {
  try {
    engine.launch(commands)
  } catch (error) {
    throw engineFailed(engine, 'launch', error)
  }
}

function engineFailed(engine: Engine | undefined, method: string, cause: unknown): MusterError {
  if (isMusterError(cause)) return cause
  const expected = `engine ${engine?.name ?? ''} to ${method}`
  return new MusterError('ENGINE_FAILED', { expected, got: messageOf(cause), cause })
}

function lost(attempt: AttemptRef): KernelSignal {
  return { kind: 'attempt-lost', attempt, cause: 'coordinator' }
}
