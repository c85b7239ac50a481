// What the engine does for one run: a thread for each slot, kept warm from attempt to attempt, and thrown away where an
// attempt was cancelled, out of time or crashed.
import { Worker } from 'node:worker_threads'
import {
  attemptLabel,
  type AttemptRef,
  type CaseResult,
  type EngineContext,
  type LaunchCommand,
  type Outcome,
  type TaskDefinition,
} from '@muster/core'
import { failureCancelled, failureFromError, failureTimeout, makeFailure } from '@muster/core/failure'
import { captured, countCases } from './attempt-details.ts'
import type { ThreadEngineOptions } from './thread-engine.ts'
import type { ThreadMessage, ThreadRequest } from './thread-message.ts'

/** An attempt that runs. */
interface OpenAttempt {
  readonly attempt: AttemptRef
  readonly thread: Worker
  readonly startedAtMs: number
  readonly timer: NodeJS.Timeout | undefined
  readonly cases: CaseResult[]
  readonly printed: Record<'stdout' | 'stderr', string>
}

export class ThreadRun {
  readonly #context: EngineContext
  readonly #options: ThreadEngineOptions
  readonly #launched = new Set<string>()
  readonly #open = new Map<string, OpenAttempt>()
  readonly #idle = new Set<Worker>()
  #isClosed = false

  constructor(context: EngineContext, options: ThreadEngineOptions) {
    this.#context = context
    this.#options = options
  }

  launch({ attempt, task, timeoutMs }: LaunchCommand): void {
    const label = attemptLabel(attempt)
    // An engine may be told the same thing twice; it must happen once.
    if (this.#isClosed || this.#launched.has(label)) return
    this.#launched.add(label)
    const { kinds, slots } = this.#options
    if (!kinds.includes(task.kind)) this.#refuse(attempt, `no executor of kind "${task.kind}"`)
    else if (this.#open.size >= slots) this.#refuse(attempt, 'all slots are taken')
    else this.#start(attempt, task, timeoutMs)
  }

  #start(attempt: AttemptRef, task: TaskDefinition, timeoutMs: number | undefined): void {
    const [thread = this.#newThread()] = this.#idle
    this.#idle.delete(thread)
    const expire = (): void => this.#stop(attempt, { kind: 'timed-out', limitMs: timeoutMs ?? 0 })
    const timer = timeoutMs === undefined ? undefined : setTimeout(expire, timeoutMs)
    const printed = { stdout: '', stderr: '' }
    this.#open.set(attemptLabel(attempt), {
      attempt,
      thread,
      startedAtMs: performance.now(),
      timer,
      cases: [],
      printed,
    })
    this.#context.deliver({ kind: 'attempt-started', attempt })
    const { id, kind, payload, file, tags = [] } = task
    const { run, root } = this.#context
    const request: ThreadRequest = { run, n: attempt.n, root, timeoutMs, task: { id, kind, payload, file, tags } }
    thread.postMessage(request)
  }

  cancel(attempt: AttemptRef, because: string): void {
    this.#stop(attempt, { kind: 'cancelled', because })
  }

  async close(): Promise<void> {
    this.#isClosed = true
    const busy = [...this.#open.values()]
    for (const { timer } of busy) clearTimeout(timer)
    await Promise.all([...this.#idle, ...busy.map(({ thread }) => thread)].map((thread) => thread.terminate()))
  }

  #newThread(): Worker {
    const thread = new Worker(new URL('./thread.ts', import.meta.url), { workerData: this.#options.module })
    const running = (): OpenAttempt | undefined => [...this.#open.values()].find((open) => open.thread === thread)
    thread.on('message', (message: ThreadMessage) => {
      const open = running()
      if (open !== undefined) this.#hear(open, message)
    })
    thread.on('error', (error) => {
      this.#end(running(), { result: 'failed', durationMs: 0, failure: failureFromError(error) })
    })
    thread.on('exit', (code) => {
      this.#idle.delete(thread)
      const message = `The thread ended with exit code ${code} before its attempt did`
      const evidence = [`exit code ${code}`]
      const failure = makeFailure({ category: 'process-crash', fault: 'test', message, evidence })
      this.#end(running(), { result: 'failed', durationMs: 0, failure })
    })
    return thread
  }

  #hear(open: OpenAttempt, message: ThreadMessage): void {
    const { attempt } = open
    if (message.kind === 'ended') {
      this.#idle.add(open.thread)
      this.#end(open, message.result.outcome)
      return
    }
    if (message.kind === 'case') open.cases.push(message.result)
    if (message.kind === 'output') open.printed[message.stream] += message.text
    if (this.#isClosed) return
    if (message.kind === 'warning') this.#context.warn(message.text)
    else this.#context.news({ ...message, attempt })
  }

  #stop(
    attempt: AttemptRef,
    why: Readonly<{ kind: 'cancelled'; because: string } | { kind: 'timed-out'; limitMs: number }>,
  ): void {
    const open = this.#open.get(attemptLabel(attempt))
    const failure = why.kind === 'cancelled' ? failureCancelled(why.because, []) : failureTimeout(why.limitMs, [])
    this.#end(open, { result: why.kind, durationMs: 0, failure })
    void open?.thread.terminate()
  }

  #end(open: OpenAttempt | undefined, outcome: Outcome): void {
    if (open === undefined) return
    const { attempt, cases, printed, startedAtMs, timer } = open
    clearTimeout(timer)
    this.#open.delete(attemptLabel(attempt))
    if (this.#isClosed) return
    const durationMs = performance.now() - startedAtMs
    this.#context.deliver({
      kind: 'attempt-ended',
      attempt,
      outcome: { ...outcome, durationMs, cases: countCases(cases) },
      details: { cases, stdout: captured(printed.stdout), stderr: captured(printed.stderr) },
    })
  }

  #refuse(attempt: AttemptRef, because: string): void {
    this.#context.deliver({ kind: 'attempt-refused', attempt, because })
  }
}
