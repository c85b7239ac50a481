// What the local engine does for one run: which slot takes an attempt, what a slot's words mean to the kernel, and that
// nothing of a dead supervisor lives on.
import { availableParallelism, hostname, totalmem } from 'node:os'
import { failureCancelled } from '../../failure/failure-cancelled.ts'
import type { AttemptRef } from '../../model/attempt.ts'
import type { AttemptLimits } from '../../model/limits.ts'
import type { Outcome } from '../../model/outcome.ts'
import type { WorkerDefinition } from '../../model/worker.ts'
import type { Clock } from '../../ports/clock.ts'
import type { EngineContext, LaunchCommand, ProvisionalNews } from '../../ports/engine.ts'
import type { ExecutorModule } from '../../ports/executor.ts'
import type { OutputCaps } from '../captured-output.ts'
import { allowedEnvironment, type EnvironmentOptions, marker } from '../environment.ts'
import { LaunchedAttempts } from '../launched-attempts.ts'
import type { CgroupHome } from './cgroups/find-cgroup-home.ts'
import { cgroupPaths } from './cgroups/run-cgroups.ts'
import type { CgroupUse } from './cgroups/use-cgroups.ts'
import { type Fence, lowerFence } from './fence.ts'
import { LocalSlot, type SlotListener, type SupervisorEnding } from './local-slot.ts'
import type { Isolation, SupervisorSignal } from './messages.ts'
import type { RecycleOptions } from './recycling.ts'
import { endRunProcesses } from './run-processes.ts'

/** The engine's options after the door. */
export interface LocalSettings {
  readonly name: string
  readonly executors: Readonly<Record<string, ExecutorModule>>
  readonly slots: number
  readonly prefetch: number
  readonly graceMs: number
  readonly beatMs: number
  readonly leaseMs: number
  readonly output: OutputCaps
  readonly limits: AttemptLimits
  readonly recycle: RecycleOptions
  readonly isolation: Isolation
  readonly env: EnvironmentOptions
  readonly nodeArgs: readonly string[]
  readonly cgroups: CgroupUse
  readonly clock: Clock
}

/** What a run is served with. */
export interface Serving {
  readonly settings: LocalSettings
  readonly context: EngineContext
  readonly fence: Fence
  readonly root: string
  readonly cgroups: CgroupHome
}

/** Ten attempts of a tenth of a slot each fill one. */
const hair = 1e-6

/** So many supervisors in a row may die before they were ready; then this machine cannot serve. */
const mostFailedStarts = 3

/** One run served by a local engine. */
export class LocalRun implements SlotListener {
  readonly worker: WorkerDefinition
  readonly #settings: LocalSettings
  #context: EngineContext
  readonly root: string
  readonly #fence: Fence
  readonly #cgroups: CgroupHome
  readonly #slots: readonly LocalSlot[]
  readonly #launched = new LaunchedAttempts()
  /** Kinds of which it was said that they get no threads. */
  readonly #withoutThreads = new Set<string>()
  /** Launched ahead of a free slot: they begin the moment one is free, without a way to the coordinator and back. */
  readonly #waiting: LaunchCommand[] = []
  #failedStarts = 0
  #hasLeft = false
  #isClosed = false
  #stopWatching: () => void = () => undefined

  constructor({ settings, context, fence, root, cgroups }: Serving) {
    this.#settings = settings
    this.#context = context
    this.root = root
    this.#fence = fence
    this.#cgroups = cgroups
    this.worker = workerOf(settings)
    this.#slots = Array.from({ length: settings.slots }, (_, slot) => this.#slot(slot))
    this.#watch()
  }

  /** The run attaches for which processes were started before. */
  adopt(context: EngineContext): void {
    this.#context = context
  }

  /** Starts the processes of the first slots, and the executor where there is but one that they can need. */
  prepare(attempts: number): void {
    const all = Object.keys(this.#settings.executors)
    const kinds = all.length === 1 ? all : []
    const nowMs = this.#settings.clock.now()
    for (const slot of this.#slots.slice(0, attempts)) slot.prepare(kinds, nowMs)
  }

  launch(command: LaunchCommand): void {
    if (!this.#launched.add(command.attempt)) return
    const { kind } = command.task
    if (!Object.hasOwn(this.#settings.executors, kind)) {
      this.#refuse(command.attempt, `no executor of kind "${kind}"`)
      return
    }
    if (this.#hasLeft || this.#isClosed) this.#refuse(command.attempt, 'this machine cannot serve')
    else {
      if (this.#settings.isolation === 'thread') this.#sayWithoutThreads(kind)
      this.#waiting.push(command)
      this.#begin()
      const waiting = this.#waiting.reduce((sum, each) => sum + slotsOf(each), 0)
      if (waiting <= this.#settings.prefetch + hair) return
      this.#waiting.pop()
      this.#refuse(command.attempt, 'all slots are taken, and nothing more is taken ahead')
    }
  }

  cancel(attempt: AttemptRef, because: string): void {
    if (this.#takeBack(attempt)) {
      const outcome: Outcome = { result: 'cancelled', durationMs: 0, failure: failureCancelled(because) }
      this.#context.deliver({ kind: 'attempt-ended', attempt, outcome })
      return
    }
    this.#slots
      .find(({ command }) => command !== undefined && isSame(command.attempt, attempt))
      ?.cancel(attempt, because)
  }

  recall(attempt: AttemptRef): void {
    if (this.#takeBack(attempt)) this.#refuse(attempt, 'it was recalled before it began')
  }

  /** Ends everything; resolves when no process of the run lives. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#waiting.length = 0
    this.#stopWatching()
    // A supervisor needs its grace twice: for the attempt, and for what executors keep.
    const limitMs = 2 * this.#settings.graceMs + 2000
    await Promise.all(this.#slots.map((slot) => slot.leave(limitMs)))
    for (const slot of this.#slots) await slot.clearing
    await this.#clear()
    lowerFence(this.#fence)
  }

  signal(slot: LocalSlot, signal: SupervisorSignal): void {
    slot.lastHeardMs = this.#settings.clock.now()
    if (this.#isClosed) return
    if (signal.kind === 'ready') this.#failedStarts = 0
    if (signal.kind === 'warning') this.#context.warn(signal.text)
    const attempt = slot.command?.attempt
    if (attempt === undefined || !('task' in signal) || signal.task !== attempt.task || signal.n !== attempt.n) return
    switch (signal.kind) {
      case 'begun':
        this.#context.deliver({ kind: 'attempt-started', attempt })
        return
      case 'ended': {
        slot.command = undefined
        this.#begin()
        const { outcome, details } = signal
        this.#context.deliver({
          kind: 'attempt-ended',
          attempt,
          outcome,
          ...(details === undefined ? {} : { details }),
        })
        return
      }
      case 'refused':
        slot.command = undefined
        this.#refuse(attempt, signal.because)
        this.#begin()
        return
      case 'progress':
      case 'output':
      case 'case':
        this.#context.news(newsOf(attempt, signal))
        return
    }
  }

  /** A supervisor runs nothing but our own code: one that cannot be understood cannot be relied on. */
  unreadable(slot: LocalSlot, because: string): void {
    if (this.#isClosed) return
    this.#context.warn(`The supervisor of slot ${slot.index} sent a message that does not fit and is ended: ${because}`)
    slot.kill()
  }

  ended(slot: LocalSlot, { wasReady, how }: SupervisorEnding): void {
    if (this.#isClosed) return
    const attempt = slot.command?.attempt
    this.#context.warn(`The supervisor of slot ${slot.index} ended with ${how}`)
    // The slot takes the next attempt only when nothing of the last one lives.
    const cleared = this.#clear(slot.index).then(
      () => undefined,
      (error: unknown) => {
        this.#context.warn(error instanceof Error ? error.message : String(error))
      },
    )
    slot.clearing = cleared.then(() => {
      slot.clearing = undefined
      if (this.#isClosed || attempt === undefined) return
      slot.command = undefined
      if (wasReady) this.#context.deliver({ kind: 'attempt-lost', attempt, cause: 'worker' })
      else this.#failedStart(attempt, how)
      this.#begin()
    })
  }

  /** Ends what is left of ours, in the run or in one slot. What a later owner has started by now is not ours. */
  async #clear(slot?: number): Promise<void> {
    const { run, epoch } = this.#context
    await endRunProcesses({ run, root: this.root, epoch, slot }, this.#cgroups)
  }

  #failedStart(attempt: AttemptRef, how: string): void {
    this.#failedStarts += 1
    this.#refuse(attempt, `its supervisor could not start: ${how}`)
    if (this.#failedStarts < mostFailedStarts) return
    this.#hasLeft = true
    for (const { attempt: waiting } of this.#waiting.splice(0)) this.#refuse(waiting, 'this machine cannot serve')
    this.#context.deliver({
      kind: 'worker-left',
      worker: this.worker.id,
      incarnation: this.#context.epoch,
      because: `${this.#failedStarts} supervisors in a row could not start: ${how}`,
    })
  }

  #refuse(attempt: AttemptRef, because: string): void {
    this.#context.deliver({ kind: 'attempt-refused', attempt, because })
  }

  /** Begins what waits, in the order in which it came, as far as there are slots for it. */
  #begin(): void {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      const taken = this.#slots.reduce((sum, { command }) => sum + (command === undefined ? 0 : slotsOf(command)), 0)
      // A task that wants several slots has them all, though one process runs it.
      const fits = taken + slotsOf(next) <= this.#settings.slots + hair
      const slot = fits ? this.#freeSlot(next.task.kind) : undefined
      if (slot === undefined) return
      this.#waiting.shift()
      slot.launch(next, { ...this.#settings.limits, ...next.task.limits }, this.#settings.clock.now())
    }
  }

  /** Takes an attempt off those that wait; says false where it has begun, or is not known. */
  #takeBack(attempt: AttemptRef): boolean {
    const at = this.#waiting.findIndex((command) => isSame(command.attempt, attempt))
    if (at < 0) return false
    this.#waiting.splice(at, 1)
    return true
  }

  /** The warmest one; one that is being cleared only where there is no other. */
  /** Says once of each kind that what was asked for has no effect on it. */
  #sayWithoutThreads(kind: string): void {
    if (this.#settings.executors[kind]?.allowsThreads === true || this.#withoutThreads.has(kind)) return
    this.#withoutThreads.add(kind)
    const why = 'its executor does not allow threads'
    this.#context.warn(`Isolation "thread" has no effect on tasks of kind "${kind}": ${why}, so they run in processes.`)
  }

  #freeSlot(kind: string): LocalSlot | undefined {
    const warmth = (slot: LocalSlot): number =>
      slot.clearing !== undefined ? 0 : Number(slot.warm.has(kind)) * 2 + Number(slot.isUp) + 1
    let best: LocalSlot | undefined
    for (const slot of this.#slots) {
      if (slot.command === undefined && (best === undefined || warmth(slot) > warmth(best))) best = slot
    }
    return best
  }

  #slot(slot: number): LocalSlot {
    const { executors, graceMs, beatMs, output, recycle, isolation, nodeArgs, env: allowed } = this.#settings
    const { run, epoch } = this.#context
    const env: Readonly<Record<string, string>> = {
      ...allowedEnvironment(process.env, allowed),
      [marker.run]: run,
      [marker.root]: this.root,
      [marker.epoch]: String(epoch),
      [marker.slot]: String(slot),
    }
    // What is meant for the tests' Node (a debugger, a loader) must not slow or stop the supervisor.
    const ownEnv = Object.fromEntries(Object.entries(env).filter(([name]) => name !== 'NODE_OPTIONS'))
    const fence = this.#fence
    const cgroup = cgroupPaths(this.#cgroups, { run, root: this.root, epoch, slot })
    return new LocalSlot(
      {
        ...{ kind: 'serve', run, root: this.root, epoch, slot, fence },
        ...{ graceMs, beatMs, output, recycle, isolation, env, nodeArgs, executors },
        ...(cgroup === undefined ? {} : { cgroup }),
      },
      ownEnv,
      this,
    )
  }

  /** Ends supervisors that were not heard of for a whole lease; after a pause of our own everybody gets a new one. */
  #watch(): void {
    const { clock, beatMs, leaseMs } = this.#settings
    const startedAtMs = clock.now()
    this.#stopWatching = clock.after(beatMs, () => {
      const nowMs = clock.now()
      const hasPaused = nowMs - startedAtMs > beatMs + leaseMs / 2
      for (const slot of this.#slots) {
        if (hasPaused) slot.lastHeardMs = nowMs
        const isSilent = slot.isUp && nowMs - slot.lastHeardMs > leaseMs
        // What has arrived but was not read yet is read between two looks.
        if (isSilent && slot.isSuspect) {
          this.#context.warn(`The supervisor of slot ${slot.index} was silent for ${leaseMs} ms and is ended.`)
          slot.kill()
        }
        slot.isSuspect = isSilent
      }
      this.#watch()
    })
  }
}

function workerOf({ name, executors, slots, prefetch }: LocalSettings): WorkerDefinition {
  const memory = process.constrainedMemory()
  return {
    id: name,
    engine: name,
    kinds: Object.keys(executors),
    capacity: { slots, cpu: availableParallelism(), memory: memory > 0 ? Math.min(memory, totalmem()) : totalmem() },
    ...(prefetch === 0 ? {} : { prefetch }),
    freshProcesses: true,
    host: hostname(),
  }
}

type NewsSignal = Extract<SupervisorSignal, { kind: 'progress' | 'output' | 'case' }>

function newsOf(attempt: AttemptRef, signal: NewsSignal): ProvisionalNews {
  switch (signal.kind) {
    case 'progress':
      return { kind: 'progress', attempt, fraction: signal.fraction, message: signal.message }
    case 'output':
      return { kind: 'output', attempt, stream: signal.stream, text: signal.text }
    case 'case':
      return { kind: 'case', attempt, result: signal.result }
  }
}

function slotsOf({ task }: LaunchCommand): number {
  return task.needs?.resources?.['slots'] ?? 1
}

function isSame(one: AttemptRef, other: AttemptRef): boolean {
  return one.task === other.task && one.n === other.n
}
