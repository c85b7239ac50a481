// Runs executors in the application's own process: the default engine, and the fast one. It owns promises, not processes,
// so an executor that ignores its abort signal cannot be stopped; the attempt then ends without it, and a warning says so.
import { z } from 'zod'
import { MusterError } from '../errors/muster-error.ts'
import { parseOptions } from '../errors/parse-options.ts'
import type { AttemptRef } from '../model/attempt.ts'
import type { Clock } from '../ports/clock.ts'
import type { AttachAnswer, Engine, EngineContext, LaunchCommand, OpenAttempt } from '../ports/engine.ts'
import type { Executor } from '../ports/executor.ts'
import { environmentOptions, outputOptions, type OutputOptions } from './engine-options.ts'
import type { EnvironmentOptions } from './environment.ts'
import { InProcessRun, type InProcessSettings } from './in-process-run.ts'
import { endRunProcesses } from './local/run-processes.ts'
import { realRoot } from './real-root.ts'
import { systemClock } from './system-clock.ts'

/** How executors run in the application's process. */
export interface InProcessEngineOptions {
  /** One for each kind of task. */
  readonly executors: readonly Executor[]
  /** Attempts at the same time. They share one thread: more slots help what waits, not what computes. @defaultValue `16` */
  readonly slots?: number | undefined
  /** Name of the engine and of its one worker. @defaultValue `'in-process'` */
  readonly name?: string | undefined
  /**
   * How long an executor may take to end once its signal is aborted, in milliseconds; after that the attempt ends without
   * it, and it goes on unheard. @defaultValue `2000`
   */
  readonly graceMs?: number | undefined
  /** What is kept of `context.log`. @defaultValue 64 KiB at each end of each stream */
  readonly output?: OutputOptions | undefined
  /** Environment for commands that executors start, `context.env`. @defaultValue the usual variables alone */
  readonly env?: EnvironmentOptions | undefined
  /** @defaultValue the clock of this machine */
  readonly clock?: Clock | undefined
}

const schema: z.ZodType<
  Omit<InProcessSettings, 'executors' | 'clock'>,
  Omit<InProcessEngineOptions, 'executors' | 'clock'>
> = z.strictObject({
  slots: z.number().int().min(1).default(16),
  name: z.string().min(1).default('in-process'),
  graceMs: z.number().min(0).default(2000),
  output: outputOptions,
  env: environmentOptions,
})

/**
 * An engine that runs executors in this process.
 *
 * @example
 * ```ts
 * const engine = inProcessEngine({ executors: [compile], slots: 4 })
 * ```
 */
export function inProcessEngine(options: InProcessEngineOptions): Engine {
  const { executors, clock = systemClock(), ...rest } = options
  const parsed = parseOptions(schema, rest, 'inProcessEngine')
  return new InProcessEngine({ ...parsed, executors: byKind(executors), clock })
}

class InProcessEngine implements Engine {
  readonly name: string
  readonly #settings: InProcessSettings
  readonly #runs = new Map<string, InProcessRun>()
  /** The run that was asked for last: nearly always the only one. */
  #latest: InProcessRun | undefined

  constructor(settings: InProcessSettings) {
    this.name = settings.name
    this.#settings = settings
  }

  async attach(context: EngineContext, open: readonly OpenAttempt[]): Promise<readonly AttachAnswer[]> {
    await this.detach(context.run)
    const root = realRoot(context.root)
    // Its memory went with a former owner, but not the commands that its executors had started.
    if (context.epoch > 1) await endRunProcesses({ run: context.run, root, epoch: context.epoch })
    const run = new InProcessRun(this.#settings, context, root)
    this.#runs.set(context.run, run)
    // Attempts never outlive their owner here, so each owner meets a new life.
    context.deliver({ kind: 'worker-joined', worker: run.worker, incarnation: context.epoch })
    return open.map(({ attempt }) => ({ kind: 'lost', attempt }))
  }

  launch(commands: readonly LaunchCommand[]): void {
    for (const command of commands) this.#find(command.attempt)?.launch(command)
  }

  cancel(attempt: AttemptRef, because: string): void {
    this.#find(attempt)?.cancel(attempt, because)
  }

  async detach(name: string): Promise<void> {
    const run = this.#runs.get(name)
    this.#runs.delete(name)
    this.#latest = undefined
    await run?.close()
  }

  async close(): Promise<void> {
    await Promise.all([...this.#runs.keys()].map((run) => this.detach(run)))
    await Promise.all(Array.from(this.#settings.executors.values(), async (executor) => executor.dispose?.()))
  }

  #find({ run }: AttemptRef): InProcessRun | undefined {
    if (this.#latest?.name !== run) this.#latest = this.#runs.get(run)
    return this.#latest
  }
}

function byKind(executors: readonly Executor[]): ReadonlyMap<string, Executor> {
  const kinds = new Map<string, Executor>()
  for (const executor of executors) {
    if (kinds.has(executor.kind))
      throw new MusterError('OPTIONS_INVALID', {
        expected: 'one executor for each kind',
        got: `two of kind "${executor.kind}"`,
      })
    kinds.set(executor.kind, executor)
  }
  return kinds
}
