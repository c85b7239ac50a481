// What an agent does: one attempt after another through the executors it was given, each loaded when it is first needed
// and kept.
import type { Writable } from 'node:stream'
import { isMainThread } from 'node:worker_threads'
import { MusterError } from '../../errors/muster-error.ts'
import { makeFailure } from '../../failure/make-failure.ts'
import type { AttemptRef } from '../../model/attempt.ts'
import type { Failure } from '../../model/failure.ts'
import type { ResourceUse } from '../../model/outcome.ts'
import type { Clock } from '../../ports/clock.ts'
import type { ProvisionalNews } from '../../ports/engine.ts'
import type { AttemptResult, Executor, ExecutorModule } from '../../ports/executor.ts'
import { failed, type StopCause, threw } from '../conclude-attempt.ts'
import { attemptEnvironment } from '../environment.ts'
import { AttemptExecution, type AttemptHost } from '../execute-attempt.ts'
import { systemClock } from '../system-clock.ts'
import { measureUse } from './measure-use.ts'
import { type AgentCommand, type AgentSignal, longestMessageBytes } from './messages.ts'
import { OutputPump } from './output-pump.ts'
import { writeMessage } from './read-message.ts'
import { StackWatch } from './stack-watch.ts'

type Serve = Extract<AgentCommand, { kind: 'serve' }>
type Run = Extract<AgentCommand, { kind: 'run' }>

/** The work of one agent. */
export class AgentWork implements AttemptHost {
  readonly clock: Clock = systemClock()
  readonly root: string
  /** The supervisor keeps what is printed: it outlives this process. */
  readonly outputCaps = undefined
  readonly #serve: Serve
  readonly #channel: Writable
  readonly #whenEnded: () => void
  readonly #pump: OutputPump
  readonly #stacks = new StackWatch()
  readonly #executors = new Map<string, Promise<Executor>>()
  /** Kinds whose executors get ready. */
  readonly #preparing = new Set<string>()
  readonly #print = {
    stdout: process.stdout.write.bind(process.stdout),
    stderr: process.stderr.write.bind(process.stderr),
  }
  #keepsProcesses = false
  #mark = ''
  #use: () => ResourceUse = () => ({})
  #execution: AttemptExecution | undefined

  constructor(serve: Serve, channel: Writable, whenEnded: () => void) {
    this.#serve = serve
    this.#channel = channel
    this.#whenEnded = whenEnded
    this.#pump = new OutputPump(channel)
    this.root = serve.root
  }

  run({ task, n, definition, timeoutMs, limits, folders, mark, placeFile, lost }: Run): void {
    const attempt = { run: this.#serve.run, task, n }
    const execution = new AttemptExecution(this, { attempt, task: definition, timeoutMs, folders })
    this.#execution = execution
    this.#mark = mark
    this.#use = measureUse()
    this.#enterRoot()
    this.#load(definition.kind).then(
      (executor) => {
        const takesUp = executor.takeUp !== undefined
        this.#send({ kind: 'begun', task, n, overtimeMs: executor.overtimeMs, ...(takesUp ? { takesUp } : {}) })
        // The look at where it is busy goes to the main thread.
        if (limits.softTimeoutMs !== undefined && isMainThread) this.#stacks.begin(limits.softTimeoutMs, placeFile)
        // Its time was over before this process began.
        if (lost?.result === 'timed-out') execution.stop({ kind: 'timed-out', limitMs: timeoutMs ?? 0 })
        return execution.carryOut(executor, lost)
      },
      (error: unknown) => {
        this.#send({ kind: 'begun', task, n })
        execution.end(threw(error, [`the executor of kind "${definition.kind}" could not be loaded`]))
      },
    )
  }

  /** Loads an executor before its first attempt. What goes wrong here goes wrong there again, where somebody is told. */
  prepare(kind: string): void {
    this.#preparing.add(kind)
    this.#load(kind)
      .then((executor) => executor.warmUp?.({ root: this.root }))
      .catch(() => undefined)
      .finally(() => this.#preparing.delete(kind))
  }

  stop(cause: StopCause): void {
    this.#execution?.stop(cause)
  }

  /** An error that nobody caught: the process cannot be trusted any more. */
  crash(error: unknown): void {
    this.#print.stderr(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    this.#execution?.end(threw(error, ['not caught by anybody']))
    this.#channel.end(() => process.exit(1))
  }

  /** Lets executors let go; those that still get ready have served nobody, and may never be. */
  async close(): Promise<void> {
    const ready = [...this.#executors].filter(([kind]) => !this.#preparing.has(kind))
    const loaded = await Promise.allSettled(ready.map(([, executor]) => executor))
    await Promise.allSettled(
      loaded.map(async (executor) => (executor.status === 'fulfilled' ? executor.value.dispose?.() : undefined)),
    )
  }

  environment(attempt: AttemptRef): Readonly<Record<string, string>> {
    return attemptEnvironment(this.#serve.env, attempt)
  }

  news(news: ProvisionalNews): void {
    const { task, n } = news.attempt
    switch (news.kind) {
      case 'output':
        this.#pump.add({ task, n, stream: news.stream, text: news.text })
        return
      case 'progress':
        this.#send({ kind: 'progress', task, n, fraction: news.fraction, message: news.message })
        return
      case 'case':
        this.#send({ kind: 'case', task, n, result: news.result })
        return
    }
  }

  warn({ task, n }: AttemptRef, text: string): void {
    this.#send({ kind: 'warning', task, n, text })
  }

  remember({ task, n }: AttemptRef, value: Readonly<Record<string, unknown>>): void {
    this.#send({ kind: 'remembered', task, n, value })
  }

  ended(execution: AttemptExecution, result: AttemptResult): void {
    const { task, n } = execution.attempt
    this.#execution = undefined
    this.#stacks.over()
    this.#pump.flush()
    this.#print.stdout(this.#mark)
    this.#print.stderr(this.#mark)
    const done = (of: AttemptResult): AgentSignal => ({
      kind: 'done',
      task,
      n,
      result: of,
      keepsProcesses: this.#keepsProcesses,
    })
    this.#write(lineOf(done(withUse(result, this.#use()))) ?? writeMessage(done(failed(cannotBeSent()))))
    this.#whenEnded()
  }

  #send(signal: AgentSignal): void {
    this.#write(writeMessage(signal))
  }

  /** On a line of its own: whatever a test has written to this descriptor must not swallow what comes after it. */
  #write(line: string): void {
    this.#channel.write(`\n${line}`)
  }

  /** A test before this one may have left or deleted the working folder. */
  #enterRoot(): void {
    try {
      process.chdir(this.root)
    } catch {
      // It is gone. Whoever needs it says so.
    }
  }

  #load(kind: string): Promise<Executor> {
    const module = this.#serve.executors[kind]
    if (module === undefined)
      return Promise.reject(
        new MusterError('EXECUTOR_UNKNOWN', { expected: 'an executor for each task', got: `none of kind "${kind}"` }),
      )
    const loading = this.#executors.get(kind) ?? loadExecutor(module)
    this.#executors.set(kind, loading)
    return loading.then((executor) => {
      this.#keepsProcesses ||= executor.keepsProcesses === true
      return executor
    })
  }
}

/** The message as a line, where it can be one. */
function lineOf(signal: AgentSignal): string | undefined {
  try {
    const line = writeMessage(signal)
    return Buffer.byteLength(line) > longestMessageBytes ? undefined : line
  } catch {
    return undefined
  }
}

function withUse({ outcome, details }: AttemptResult, use: ResourceUse): AttemptResult {
  return { outcome: { ...outcome, use: { ...use, ...outcome.use } }, ...(details === undefined ? {} : { details }) }
}

function cannotBeSent(): Failure {
  const message = `The result cannot be sent: it does not survive JSON, or is larger than ${longestMessageBytes} bytes`
  return makeFailure({ category: 'configuration', fault: 'test', message, evidence: ['result cannot be sent'] })
}

async function loadExecutor({ module, options }: ExecutorModule): Promise<Executor> {
  const loaded: unknown = await import(module)
  const create: unknown =
    typeof loaded === 'object' && loaded !== null ? Reflect.get(loaded, 'createExecutor') : undefined
  if (!isCreate(create))
    throw new MusterError('EXECUTOR_INVALID', {
      expected: `an export createExecutor in ${module}`,
      got: `a value of type ${typeof create}`,
    })
  const executor = await create(options)
  if (typeof executor.execute !== 'function')
    throw new MusterError('EXECUTOR_INVALID', {
      expected: `an executor from createExecutor in ${module}`,
      got: 'something without a method execute',
    })
  return executor
}

function isCreate(value: unknown): value is (options: unknown) => Executor | Promise<Executor> {
  return typeof value === 'function'
}
