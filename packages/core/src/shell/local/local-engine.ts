// Runs attempts in processes of this machine: a supervisor for each slot, under it an agent that loads the executors. The
// engine of the command line, and of everybody whose tests may crash, hang or leave processes behind.
import { realpathSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { z } from 'zod'
import { MusterError } from '../../errors/muster-error.ts'
import { parseOptions } from '../../errors/parse-options.ts'
import type { AttemptRef } from '../../model/attempt.ts'
import type { AttemptLimits } from '../../model/limits.ts'
import type { Clock } from '../../ports/clock.ts'
import type { AttachAnswer, Engine, EngineContext, LaunchCommand, OpenAttempt, WarmUp } from '../../ports/engine.ts'
import type { ExecutorModule } from '../../ports/executor.ts'
import type { Runner } from '../../ports/runner.ts'
import {
  attemptLimits,
  cgroupsOption,
  environmentOptions,
  isolationOption,
  outputOptions,
  type OutputOptions,
  recycleOptions,
} from '../engine-options.ts'
import type { EnvironmentOptions } from '../environment.ts'
import { systemClock } from '../system-clock.ts'
import { findCgroupHome } from './cgroups/find-cgroup-home.ts'
import { sweepCgroups } from './cgroups/run-cgroups.ts'
import { type CgroupUse, useCgroups } from './cgroups/use-cgroups.ts'
import { type Fence, raiseFence } from './fence.ts'
import { LocalRun, type LocalSettings } from './local-run.ts'
import type { Isolation } from './messages.ts'
import type { RecycleOptions } from './recycling.ts'
import { endRunProcesses } from './run-processes.ts'

/** How attempts run in processes of this machine. */
export interface LocalEngineOptions {
  /** Runners whose tasks it executes. @defaultValue none */
  readonly runners?: readonly Runner[] | undefined
  /** Further executors, by kind of task. @defaultValue none */
  readonly executors?: Readonly<Record<string, ExecutorModule>> | undefined
  /** Attempts at the same time, each with a supervisor and an agent of its own. @defaultValue the number of cores */
  readonly slots?: number | undefined
  /**
   * Attempts handed over before a slot is free for them, to begin the moment one is: without them every slot waits for the
   * journal between two attempts. More of them serve very short tasks, none keep the choice open to the last.
   * @defaultValue as many as there are slots
   */
  readonly prefetch?: number | undefined
  /** Name of the engine and of its one worker. @defaultValue `'local'` */
  readonly name?: string | undefined
  /**
   * Time from asking an attempt to end until its processes are killed, in milliseconds; after half of it they get
   * `SIGTERM`. @defaultValue `2000`
   */
  readonly graceMs?: number | undefined
  /** A supervisor that is silent for this long counts as dead, in milliseconds. @defaultValue `15_000` */
  readonly leaseMs?: number | undefined
  /** What is kept of printed output. @defaultValue 64 KiB at each end of each stream */
  readonly output?: OutputOptions | undefined
  /** What each attempt may use; a task's own `limits` go before these. @defaultValue no limits */
  readonly limits?: AttemptLimits | undefined
  /** When the warm process of a slot is replaced. @defaultValue never */
  readonly recycle?: RecycleOptions | undefined
  /**
   * What separates one attempt from the next in a slot: `'process'`, a warm process that runs one after another; `'thread'`, in
   * that process a fresh worker thread for each, where the executor's module says `allowsThreads`. @defaultValue `'process'`
   */
  readonly isolation?: Isolation | undefined
  /**
   * Whether attempts are held by control groups of the kernel where this machine lets us make some: then nothing that a test
   * starts gets away, whatever it does. `'off'` goes by markers alone. Linux only. @defaultValue `'auto'`
   */
  readonly cgroups?: CgroupUse | undefined
  /** What attempts see of the environment. @defaultValue the usual names only: `PATH`, `HOME`, `LANG`, `CI` and the like */
  readonly env?: EnvironmentOptions | undefined
  /** Arguments for Node itself in agents, a loader say. @defaultValue none */
  readonly nodeArgs?: readonly string[] | undefined
  /** @defaultValue the clock of this machine */
  readonly clock?: Clock | undefined
}

type Parsed = Omit<LocalEngineOptions, 'runners' | 'executors' | 'clock'>

const schema: z.ZodType<
  Omit<LocalSettings, 'executors' | 'clock' | 'beatMs' | 'prefetch'> & Pick<LocalEngineOptions, 'prefetch'>,
  Parsed
> = z.strictObject({
  slots: z
    .number()
    .int()
    .min(1)
    .max(1024)
    .default(() => availableParallelism()),
  prefetch: z.number().int().min(0).max(4096).optional(),
  name: z.string().min(1).default('local'),
  graceMs: z.number().min(0).default(2000),
  leaseMs: z.number().min(1000).default(15_000),
  output: outputOptions,
  limits: attemptLimits,
  recycle: recycleOptions,
  isolation: isolationOption,
  cgroups: cgroupsOption,
  env: environmentOptions,
  nodeArgs: z.array(z.string()).default([]),
})

/**
 * An engine that runs attempts in child processes.
 *
 * @example
 * ```ts
 * const engine = localEngine({ executors: { lint: { module: new URL('./lint.js', import.meta.url).href, options: {} } } })
 * ```
 */
export function localEngine(options: LocalEngineOptions = {}): Engine {
  const { runners = [], executors = {}, clock = systemClock(), ...rest } = options
  const parsed = parseOptions(schema, rest, 'localEngine')
  if (process.platform === 'win32')
    throw new MusterError('ENGINE_FAILED', {
      expected: 'a system with process groups',
      got: 'Windows',
      remedy: 'Use the in-process engine, or run under WSL.',
    })
  const beatMs = Math.min(1000, parsed.leaseMs / 4)
  const { prefetch = parsed.slots } = parsed
  return new LocalEngine({ ...parsed, prefetch, beatMs, executors: executorsOf(runners, executors), clock })
}

class LocalEngine implements Engine {
  readonly name: string
  readonly #settings: LocalSettings
  readonly #runs = new Map<string, LocalRun>()
  /** Runs that processes were started for and that have not attached yet, with what there was to say meanwhile. */
  readonly #warm = new Map<string, { readonly serving: LocalRun; readonly said: readonly string[] }>()

  constructor(settings: LocalSettings) {
    this.name = settings.name
    this.#settings = settings
  }

  warmUp({ run, root, attempts = this.#settings.slots }: WarmUp): void {
    if (this.#warm.has(run) || this.#runs.has(run)) return
    const said: string[] = []
    const warn = (text: string): void => void said.push(text)
    const context = { run, root, epoch: firstEpoch, deliver: () => undefined, news: () => undefined, warn }
    const serving = this.#serve(context)
    serving.prepare(attempts)
    this.#warm.set(run, { serving, said })
  }

  async attach(context: EngineContext, open: readonly OpenAttempt[]): Promise<readonly AttachAnswer[]> {
    const { run, epoch } = context
    await this.detach(run)
    const warm = await this.#adoptWarm(context)
    const serving = warm ?? this.#serve(context)
    // What a former owner made is looked for even where this one makes none.
    const home = findCgroupHome()
    await sweepCgroups(home)
    // What was started ahead of a new run is its own.
    if (warm === undefined) await endRunProcesses({ run, root: serving.root, epoch }, home)
    this.#runs.set(run, serving)
    // Attempts never outlive their owner here, so each owner meets a new life.
    context.deliver({ kind: 'worker-joined', worker: serving.worker, incarnation: epoch })
    // Nothing of an earlier owner lives, and what its supervisors knew went with them.
    return open.map(({ attempt }) => ({ kind: 'lost', attempt }))
  }

  launch(commands: readonly LaunchCommand[]): void {
    for (const command of commands) this.#runs.get(command.attempt.run)?.launch(command)
  }

  cancel(attempt: AttemptRef, because: string): void {
    this.#runs.get(attempt.run)?.cancel(attempt, because)
  }

  recall(attempt: AttemptRef): void {
    this.#runs.get(attempt.run)?.recall(attempt)
  }

  async detach(run: string): Promise<void> {
    const serving = this.#runs.get(run)
    this.#runs.delete(run)
    await serving?.close()
  }

  async close(): Promise<void> {
    const warm = [...this.#warm.values()]
    this.#warm.clear()
    const runs = [...this.#runs.keys()]
    await Promise.all([...runs.map((run) => this.detach(run)), ...warm.map(({ serving }) => serving.close())])
  }

  async #adoptWarm(context: EngineContext): Promise<LocalRun | undefined> {
    const warm = this.#warm.get(context.run)
    this.#warm.delete(context.run)
    if (warm === undefined) return undefined
    const { serving, said } = warm
    if (context.epoch !== firstEpoch || serving.root !== realRoot(context.root)) {
      await serving.close()
      return undefined
    }
    serving.adopt(context)
    for (const text of said) context.warn(text)
    return serving
  }

  #serve(context: EngineContext): LocalRun {
    const { run, epoch } = context
    const root = realRoot(context.root)
    const fence = raise({ run, root, epoch })
    if (fence === undefined)
      throw new MusterError('RUN_TAKEN_OVER', {
        expected: `epoch ${epoch} of run ${run} to be the latest on this machine`,
        got: 'a later owner that is alive',
      })
    const cgroups = useCgroups(this.#settings.cgroups, findCgroupHome())
    return new LocalRun({ settings: this.#settings, context, fence, root, cgroups })
  }
}

/** The one under which a new run attaches. */
const firstEpoch = 1

function executorsOf(
  runners: readonly Runner[],
  executors: Readonly<Record<string, ExecutorModule>>,
): Readonly<Record<string, ExecutorModule>> {
  const all = [...runners.map(({ name, executor }) => [name, executor] as const), ...Object.entries(executors)]
  const byKind = new Map<string, ExecutorModule>()
  for (const [kind, executor] of all) {
    if (byKind.has(kind)) throw misuse('one executor for each kind', `two of kind "${kind}"`)
    if (!URL.canParse(executor.module))
      throw misuse('an absolute file: URL as module of an executor', `"${executor.module}" for kind "${kind}"`)
    byKind.set(kind, executor)
  }
  return Object.fromEntries(byKind)
}

function misuse(expected: string, got: string): MusterError {
  return new MusterError('OPTIONS_INVALID', { expected, got })
}

function raise(of: Parameters<typeof raiseFence>[0]): Fence | undefined {
  try {
    return raiseFence(of)
  } catch (cause) {
    throw new MusterError('ENGINE_FAILED', {
      expected: 'to write into the folder for temporary files',
      got: cause instanceof Error ? cause.message : String(cause),
      remedy: 'Make it writable, or name another with TMPDIR.',
      cause,
    })
  }
}

function realRoot(root: string): string {
  try {
    return realpathSync(root)
  } catch (cause) {
    throw new MusterError('ENGINE_FAILED', { expected: 'a project root that is there', got: root, cause })
  }
}
