// Carries out one attempt for whoever hosts it: the in-process engine or the agent of a worker process. It is the
// executor's context, and it costs next to nothing until the executor asks for something: a million tasks that do nothing
// must not make a million abort controllers.
import type { AttemptRef } from '../model/attempt.ts'
import type { Artifact, CaseResult, Leaks } from '../model/outcome.ts'
import type { Clock } from '../ports/clock.ts'
import type { AttemptFolders, ProvisionalNews } from '../ports/engine.ts'
import type { AttemptResult, ExecutableTask, ExecutionContext, Executor, LostProcess } from '../ports/executor.ts'
import { CapturedOutput, type OutputCaps } from './captured-output.ts'
import { folderVariables } from './environment.ts'
import { noLeaks, withLeaks } from './leaks.ts'
import { concludeAttempt, failed, type Gathered, type StopCause, threw, unreadable } from './conclude-attempt.ts'

/** What the attempts of one run share in this process. */
export interface AttemptHost {
  readonly clock: Clock
  readonly root: string
  /** Caps of what is kept of `log`; absent where somebody else keeps it. */
  readonly outputCaps: OutputCaps | undefined
  /** Environment for the processes that the attempt starts. */
  environment(attempt: AttemptRef): Readonly<Record<string, string>>
  news(news: ProvisionalNews): void
  /** A note for the person who runs this. */
  warn(attempt: AttemptRef, text: string): void
  /** Keeps something outside of this process for the one that takes up the attempt. @defaultValue nobody keeps it */
  remember?(attempt: AttemptRef, value: Readonly<Record<string, unknown>>): void
  /** Called once for each attempt, when its executor is done. */
  ended(execution: AttemptExecution, result: AttemptResult): void
}

/** What is carried out. */
export interface AttemptCommand {
  readonly attempt: AttemptRef
  readonly task: ExecutableTask
  readonly timeoutMs: number | undefined
  readonly folders: AttemptFolders | undefined
}

/** What only some executors ask for. */
class Extras implements Gathered {
  controller: AbortController | undefined
  whenOver: (() => void)[] = []
  env: Readonly<Record<string, string>> | undefined
  stdout: CapturedOutput | undefined
  stderr: CapturedOutput | undefined
  readonly cases: CaseResult[] = []
  readonly artifacts: Artifact[] = []
  leaks: Leaks = noLeaks
}

/** One attempt while it runs. What executors may take apart (`const { log } = context`) is made when it is asked for. */
export class AttemptExecution implements ExecutionContext {
  readonly attempt: AttemptRef
  readonly task: ExecutableTask
  readonly timeoutMs: number | undefined
  readonly #folders: AttemptFolders | undefined
  /** Where its host keeps it among those that run. */
  place = -1
  readonly #host: AttemptHost
  #startedAtMs: number | undefined
  #isOver = false
  #stopped: StopCause | undefined
  #extras: Extras | undefined

  constructor(host: AttemptHost, command: AttemptCommand) {
    this.#host = host
    this.attempt = command.attempt
    this.task = command.task
    this.timeoutMs = command.timeoutMs
    this.#folders = command.folders
  }

  /**
   * Runs the executor and tells the host how it ended, unless the attempt was given up before. Never rejects. `lost`: the
   * process that had it before, where it is taken up.
   */
  async carryOut(executor: Executor, lost?: LostProcess): Promise<void> {
    this.#startedAtMs = this.#host.clock.now()
    let result: AttemptResult
    try {
      const takenUp = lost === undefined ? undefined : executor.takeUp?.(this.task, this, lost)
      result = await (takenUp ?? executor.execute(this.task, this))
    } catch (error) {
      result = threw(error)
    }
    this.end(result)
  }

  /** Asks the executor to end. The first cause counts. */
  stop(cause: StopCause): void {
    if (this.#isOver || this.#stopped !== undefined) return
    this.#stopped = cause
    this.#extras?.controller?.abort(reasonOf(cause))
  }

  /** Ends the attempt with a result that its executor did not give: it threw elsewhere, or does not come to an end. */
  end(result: AttemptResult): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#extras?.whenOver.forEach((undo) => {
      undo()
    })
    const durationMs = Math.round(this.#elapsedMs() * 1000) / 1000
    this.#host.ended(this, this.#conclude(result, durationMs))
  }

  /** What strangers return may throw when it is looked at; the attempt ends all the same. */
  #conclude(result: AttemptResult, durationMs: number): AttemptResult {
    const note = (text: string): void => {
      this.#host.warn(this.attempt, `${this.task.id}: ${text}`)
    }
    const { cases: scope } = this.task
    const conclusion = { durationMs, stopped: this.#stopped, gathered: this.#extras, note, scope }
    try {
      return concludeAttempt(result, conclusion)
    } catch (error) {
      return concludeAttempt(failed(unreadable(error)), { ...conclusion, gathered: undefined })
    }
  }

  /** Calls `undo` when the attempt is over, however it ended. */
  whenOver(undo: () => void): void {
    if (this.#isOver) undo()
    else this.#ask().whenOver.push(undo)
  }

  get isStopped(): boolean {
    return this.#stopped !== undefined
  }

  get run(): string {
    return this.attempt.run
  }

  get n(): number {
    return this.attempt.n
  }

  get root(): string {
    return this.#host.root
  }

  get signal(): AbortSignal {
    const extras = this.#ask()
    if (extras.controller === undefined) {
      extras.controller = new AbortController()
      if (this.#stopped !== undefined) extras.controller.abort(reasonOf(this.#stopped))
    }
    return extras.controller.signal
  }

  get env(): Readonly<Record<string, string>> {
    const extras = this.#ask()
    extras.env ??= { ...this.#host.environment(this.attempt), ...folderVariables(this.#folders) }
    return extras.env
  }

  get artifactsDir(): string | undefined {
    return this.#folders?.artifactsDir
  }

  get inputsDir(): string | undefined {
    return this.#folders?.inputsDir
  }

  get remainingMs(): () => number {
    return () => {
      if (this.timeoutMs === undefined) return Infinity
      return Math.max(0, this.timeoutMs - this.#elapsedMs())
    }
  }

  get progress(): ExecutionContext['progress'] {
    return (fraction, message) => {
      if (this.#isOver) return
      const within = Math.min(1, Math.max(0, Number.isFinite(fraction) ? fraction : 0))
      this.#host.news({ kind: 'progress', attempt: this.attempt, fraction: within, message })
    }
  }

  get log(): ExecutionContext['log'] {
    return (text, stream = 'stdout') => {
      if (this.#isOver) return
      const caps = this.#host.outputCaps
      if (caps !== undefined) {
        const extras = this.#ask()
        extras[stream] ??= new CapturedOutput(caps)
        extras[stream].add(text)
      }
      this.#host.news({ kind: 'output', attempt: this.attempt, stream, text })
    }
  }

  get caseEnded(): ExecutionContext['caseEnded'] {
    return (result) => {
      if (this.#isOver) return
      this.#ask().cases.push(result)
      this.#host.news({ kind: 'case', attempt: this.attempt, result })
    }
  }

  get remember(): ExecutionContext['remember'] {
    return (value) => {
      if (!this.#isOver) this.#host.remember?.(this.attempt, value)
    }
  }

  get warn(): ExecutionContext['warn'] {
    return (text) => {
      if (!this.#isOver) this.#host.warn(this.attempt, text)
    }
  }

  get artifact(): ExecutionContext['artifact'] {
    return (artifact) => {
      if (!this.#isOver) this.#ask().artifacts.push(artifact)
    }
  }

  get leaked(): ExecutionContext['leaked'] {
    return (leaks) => {
      if (this.#isOver) return
      const extras = this.#ask()
      extras.leaks = withLeaks(extras.leaks, leaks)
    }
  }

  #elapsedMs(): number {
    return this.#startedAtMs === undefined ? 0 : this.#host.clock.now() - this.#startedAtMs
  }

  #ask(): Extras {
    this.#extras ??= new Extras()
    return this.#extras
  }
}

function reasonOf(cause: StopCause): DOMException {
  switch (cause.kind) {
    case 'cancelled':
      return new DOMException(`Cancelled: ${cause.because}`, 'AbortError')
    case 'timed-out':
      return new DOMException(`The time limit of ${cause.limitMs} ms is over`, 'TimeoutError')
  }
}
