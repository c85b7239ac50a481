// What the in-process engine does for one run. Everything that happens for every attempt happens here, so it looks up
// nothing by text and keeps nothing of an attempt that has ended.
import type { AttemptRef } from '../model/attempt.ts'
import type { WorkerDefinition } from '../model/worker.ts'
import type { Clock } from '../ports/clock.ts'
import type { EngineContext, LaunchCommand, ProvisionalNews } from '../ports/engine.ts'
import type { AttemptResult, Executor } from '../ports/executor.ts'
import type { OutputCaps } from './captured-output.ts'
import { threw } from './conclude-attempt.ts'
import { allowedEnvironment, attemptEnvironment, type EnvironmentOptions, marker } from './environment.ts'
import { AttemptExecution, type AttemptHost } from './execute-attempt.ts'
import { leftRunning } from './left-running.ts'
import { LaunchedAttempts } from './launched-attempts.ts'
import { isCase, readOwnResult } from './read-result.ts'

/** The engine's options after the door. */
export interface InProcessSettings {
  readonly executors: ReadonlyMap<string, Executor>
  readonly slots: number
  readonly name: string
  readonly graceMs: number
  readonly output: OutputCaps
  readonly env: EnvironmentOptions
  readonly clock: Clock
}

const noTags: readonly string[] = []

/** One run served by an in-process engine. */
export class InProcessRun implements AttemptHost {
  readonly name: string
  readonly root: string
  readonly clock: Clock
  readonly outputCaps: OutputCaps
  readonly worker: WorkerDefinition
  readonly #settings: InProcessSettings
  readonly #context: EngineContext
  readonly #markedRoot: string
  readonly #launched = new LaunchedAttempts()
  // No `Set`: see the kernel's bag of handles for what one that never rests does to the collector.
  readonly #open: AttemptExecution[] = []
  #base: Readonly<Record<string, string>> | undefined
  #isClosed = false
  #whenEmpty: (() => void) | undefined

  constructor(settings: InProcessSettings, context: EngineContext, markedRoot: string) {
    this.#markedRoot = markedRoot
    this.#settings = settings
    this.#context = context
    this.name = context.run
    this.root = context.root
    this.clock = settings.clock
    this.outputCaps = settings.output
    this.worker = {
      id: settings.name,
      engine: settings.name,
      kinds: [...settings.executors.keys()],
      capacity: { slots: settings.slots },
    }
  }

  launch(command: LaunchCommand): void {
    const { attempt, task, timeoutMs, folders, cases } = command
    if (!this.#launched.add(attempt)) return
    const executor = this.#settings.executors.get(task.kind)
    if (executor === undefined) {
      this.#refuse(attempt, `no executor of kind "${task.kind}"`)
      return
    }
    if (this.#open.length >= this.#settings.slots) {
      this.#refuse(attempt, 'all slots are taken')
      return
    }
    const { id, kind, payload, file, tags = noTags } = task
    const execution = new AttemptExecution(this, {
      attempt,
      task: cases === undefined ? { id, kind, payload, file, tags } : { id, kind, payload, file, tags, cases },
      timeoutMs,
      folders,
    })
    execution.place = this.#open.push(execution) - 1
    this.#context.deliver({ kind: 'attempt-started', attempt })
    if (timeoutMs !== undefined) this.#limit(execution, timeoutMs)
    void execution.carryOut(executor)
  }

  cancel(attempt: AttemptRef, because: string): void {
    for (const execution of [...this.#open]) {
      if (execution.attempt.task !== attempt.task || execution.attempt.n !== attempt.n || execution.isStopped) continue
      execution.stop({ kind: 'cancelled', because })
      this.#giveUpAfterGrace(execution, 'it was cancelled')
    }
  }

  ended(execution: AttemptExecution, result: AttemptResult): void {
    const { outcome, details } = readOwnResult(result)
    this.#forget(execution)
    if (this.#open.length === 0) this.#whenEmpty?.()
    if (this.#isClosed) return
    const { attempt } = execution
    if (outcome.leaks !== undefined) this.#context.warn(leftRunning(execution.task.id, outcome.leaks))
    this.#context.deliver(
      details === undefined
        ? { kind: 'attempt-ended', attempt, outcome }
        : { kind: 'attempt-ended', attempt, outcome, details },
    )
  }

  news(news: ProvisionalNews): void {
    if (this.#isClosed) return
    if (news.kind !== 'case' || isCase(news.result)) this.#context.news(news)
    else this.#context.warn('An executor reported a test case that does not fit; it is not shown.')
  }

  warn(_attempt: AttemptRef, text: string): void {
    if (!this.#isClosed) this.#context.warn(text)
  }

  environment(attempt: AttemptRef): Readonly<Record<string, string>> {
    this.#base ??= {
      ...allowedEnvironment(process.env, this.#settings.env),
      [marker.root]: this.#markedRoot,
      [marker.epoch]: String(this.#context.epoch),
    }
    return attemptEnvironment(this.#base, attempt)
  }

  /** Aborts what runs and waits for it, no longer than the grace. */
  async close(): Promise<void> {
    this.#isClosed = true
    if (this.#open.length === 0) return
    const empty = new Promise<void>((resolve) => (this.#whenEmpty = resolve))
    for (const execution of [...this.#open]) {
      execution.stop({ kind: 'cancelled', because: 'the engine lets go of the run' })
      this.#giveUpAfterGrace(execution, 'the run was let go')
    }
    await empty
  }

  #forget(execution: AttemptExecution): void {
    const last = this.#open.pop()
    if (last === undefined || last === execution) return
    this.#open[execution.place] = last
    last.place = execution.place
  }

  #refuse(attempt: AttemptRef, because: string): void {
    this.#context.deliver({ kind: 'attempt-refused', attempt, because })
  }

  #limit(execution: AttemptExecution, limitMs: number): void {
    const cancelWait = this.clock.after(limitMs, () => {
      execution.stop({ kind: 'timed-out', limitMs })
      this.#giveUpAfterGrace(execution, 'its time limit was over')
    })
    execution.whenOver(cancelWait)
  }

  /** Its slot is free then: what cannot be stopped must not stop the run as well. */
  #giveUpAfterGrace(execution: AttemptExecution, since: string): void {
    const cancelWait = this.clock.after(this.#settings.graceMs, () => {
      const { id, kind } = execution.task
      this.#context.warn(
        `The executor "${kind}" went on with ${id} for ${this.#settings.graceMs} ms after ${since}. ` +
          `It cannot be stopped from outside and may still be busy; honour context.signal.`,
      )
      execution.end(threw(new Error('The executor did not end when its signal was aborted.')))
    })
    execution.whenOver(cancelWait)
  }
}
