// The front door: puts engines, store, policy and kernel together, and hands out runs. It holds no rules of its own.
import { MusterError } from '../errors/muster-error.ts'
import { parseOptions } from '../errors/parse-options.ts'
import type { RunEvent } from '../events/run-event.ts'
import type { RunReport } from '../model/report.ts'
import type { Clock } from '../ports/clock.ts'
import type { Policy } from '../ports/policy.ts'
import type { Store } from '../ports/store.ts'
import type { Explanation } from '../run/explain.ts'
import { fifo } from '../run/fifo.ts'
import type { RunInspection } from '../run/inspect-run.ts'
import { kernelOptions } from '../run/kernel-options.ts'
import { pickKernelOptions } from '../run/pick-kernel-options.ts'
import type { ReplayResult } from '../run/replay.ts'
import type { WhatIf } from '../what-if/what-if.ts'
import { checkEventName } from './check-event-name.ts'
import {
  checkEventsOptions,
  checkOrchestratorOptions,
  checkResumeOptions,
  checkRunRequest,
  checkWhatIfOptions,
} from './check-options.ts'
import { continueEvents } from './continue-events.ts'
import { EventHub, type Listener, type ListenerName } from './event-hub.ts'
import { KeptRuns, type WhatIfOptions } from './kept-runs.ts'
import { type Listenable, Listening } from './listening.ts'
import { memoryStore } from './memory-store.ts'
import { observersOf, type RunObserver, tellStopped } from './observers-of.ts'
import { orAborted } from './or-aborted.ts'
import type { OrchestratorOptions, RunRequest } from './orchestrator-options.ts'
import type { Plan } from './plan.ts'
import { type OpenedRun, type Run, RunHandle } from './run-handle.ts'
import { newRunId } from './run-id.ts'
import { RunOpener } from './run-opener.ts'
import { systemClock } from './system-clock.ts'

/** Runs tasks. Made by {@link createOrchestrator}. */
export interface Orchestrator extends AsyncDisposable, Listenable {
  /**
   * Starts a run. It is opened in the background: whatever goes wrong is told by its report. Throws `RUN_CLOSED` only where
   * the orchestrator is closed.
   */
  run(request?: RunRequest): Run
  /** What would run, in which order, without running it. Throws `GRAPH_INVALID` with every problem. */
  plan(request?: RunRequest): Promise<Plan>
  /** Goes on with a run that was interrupted or whose owner died. Finished work is not repeated. */
  resume(run: string, options?: ResumeOptions): Run
  /** Checks a journal: names the first entry that today's decisions would write differently. */
  replay(run: string): Promise<ReplayResult>
  /**
   * What would have become of a kept run under another policy, or with other workers: the same tasks, with the outcomes and
   * times that are recorded, decided anew by the kernel in no time. Throws `OPTIONS_INVALID`, `RUN_UNKNOWN`.
   *
   * @example
   * ```ts
   * const { then, now, imputed } = await muster.whatIf('nightly-7', { policy: longestFirst(), slots: 8 })
   * console.log(then.makespanMs - now.makespanMs, 'ms saved', imputed.share)
   * ```
   */
  whatIf(run: string, options?: WhatIfOptions): Promise<WhatIf>
  /** Why a task of a kept run is where it is. */
  explain(run: string, task: string): Promise<Explanation>
  /**
   * Where a kept run stands: who runs what and since when, what waits and why. The run may be going on in another process,
   * which is not disturbed.
   */
  inspect(run: string): Promise<RunInspection>
  /** The report of a kept run as far as it got. */
  report(run: string): Promise<RunReport>
  /**
   * The events of a kept run after a row of its journal, those of the rows that are there and then, where the run goes on in
   * this orchestrator, what happens live; each once and in order. The last one of a run that is over is `run-ended`. Throws
   * `OPTIONS_INVALID`; reading throws `RUN_UNKNOWN`.
   *
   * @example
   * ```ts
   * for await (const event of muster.events('nightly-7', { after: 120 })) save(event, event.position)
   * ```
   */
  events(run: string, options?: EventsOptions): AsyncIterable<RunEvent>
  /**
   * Ends what goes on, without a verdict for it, and lets go of engines and store, those that were handed in included.
   * Throws what one of them threw, after all of them were asked.
   */
  close(): Promise<void>
}

/** From where on events are read. */
export interface EventsOptions {
  /**
   * Position of the last event that was seen. The events of a row share a position: whoever may have missed some of it asks
   * for the row before. @defaultValue `0`, all
   */
  readonly after?: number | undefined
}

/** How a run is taken up again. */
export interface ResumeOptions {
  /** Take the run from an owner that seems alive. @defaultValue `false` */
  readonly takeOver?: boolean | undefined
  /** Ends the run at once, as a second Ctrl-C would. @defaultValue nobody does */
  readonly signal?: AbortSignal | undefined
}

/**
 * Makes an orchestrator from executors, runners and what else is wanted.
 *
 * @example
 * ```ts
 * const double = defineExecutor<{ of: number }, number>('double', async (task) => task.payload.of * 2)
 * await using muster = createOrchestrator({ executors: [double] })
 * const report = await muster.run({ tasks: [double.task({ id: 'a', payload: { of: 21 } })] }).report
 * report.exit // => 'passed'
 * ```
 */
export function createOrchestrator(options: OrchestratorOptions): Orchestrator {
  return new DefaultOrchestrator(options)
}

class DefaultOrchestrator implements Orchestrator {
  readonly #options: OrchestratorOptions
  readonly #clock: Clock
  readonly #store: Store | undefined
  readonly #policy: Policy
  readonly #opener: RunOpener
  readonly #live = new Map<Run, EventHub>()
  readonly #listeners = new Set<(hub: EventHub) => void>()
  readonly #hubs = new Set<EventHub>()
  readonly #listening = new Listening((name, listener) => this.#listen(name, listener))
  #closing: Promise<void> | undefined

  constructor(options: OrchestratorOptions) {
    this.#options = options
    const settings = checkOrchestratorOptions(options)
    const defaults = pickKernelOptions(options)
    parseOptions(kernelOptions, defaults, 'options')
    const root = settings.root ?? process.cwd()
    const clock = options.clock ?? systemClock()
    const store = options.store === 'none' ? undefined : (options.store ?? memoryStore())
    const policy = options.policy ?? fifo()
    this.#clock = clock
    this.#store = store
    this.#policy = policy
    this.#opener = new RunOpener({ options, settings, defaults, root, clock, store, policy })
  }

  run(request: RunRequest = {}): Run {
    const id = request.run ?? newRunId(this.#clock.wallNow())
    return this.#start(id, request.signal, async (hub, signal) => {
      checkRunRequest(request)
      if (this.#isLive(id)) {
        throw new MusterError('RUN_EXISTS', { expected: 'a run id that is not taken', got: `${id}, which is going on` })
      }
      return this.#opener.begin({ id, hub, request, signal })
    })
  }

  resume(id: string, options: ResumeOptions = {}): Run {
    return this.#start(id, options.signal, async (hub, signal) => {
      checkResumeOptions(options)
      const store = this.#needStore()
      // Its engines serve one owner: a second one here would take the attempts of the first away from it.
      if (this.#isLive(id)) {
        throw new MusterError('RUN_OWNED', {
          expected: `run ${id} to have no living owner`,
          got: 'this orchestrator, in which it is going on',
          remedy: 'Wait for its report, or interrupt it.',
        })
      }
      return this.#opener.reopen({ id, hub, store, takeOver: options.takeOver, signal })
    })
  }

  async plan(request: RunRequest = {}): Promise<Plan> {
    this.#assertOpen()
    checkRunRequest(request)
    const signal = request.signal ?? new AbortController().signal
    return orAborted(signal, async () => {
      const plan = await this.#opener.planTasks(request, signal)
      return { ...plan, facts: await this.#opener.askFacts(plan.tasks) }
    })
  }

  async replay(id: string): Promise<ReplayResult> {
    return this.#kept.replay(id)
  }

  async whatIf(id: string, options: WhatIfOptions = {}): Promise<WhatIf> {
    checkWhatIfOptions(options)
    return this.#kept.whatIf(id, options)
  }

  async explain(id: string, task: string): Promise<Explanation> {
    return this.#kept.explain(id, task)
  }

  async inspect(id: string): Promise<RunInspection> {
    return this.#kept.inspect(id)
  }

  async report(id: string): Promise<RunReport> {
    return this.#kept.report(id)
  }

  events(run: string, options: EventsOptions = {}): AsyncIterable<RunEvent> {
    const store = this.#needStore()
    const { after } = checkEventsOptions(options)
    return {
      [Symbol.asyncIterator]: () => {
        const [, hub] = [...this.#live].find(([{ id }]) => id === run) ?? []
        return continueEvents({ store, run, after, hub })
      },
    }
  }

  on<Name extends ListenerName>(name: Name, listener: Listener<Name>): () => void {
    return this.#listening.on(name, listener)
  }

  once<Name extends ListenerName>(name: Name, listener: Listener<Name>): () => void {
    return this.#listening.once(name, listener)
  }

  off<Name extends ListenerName>(name: Name, listener: Listener<Name>): void {
    this.#listening.off(name, listener)
  }

  removeListener<Name extends ListenerName>(name: Name, listener: Listener<Name>): void {
    this.#listening.removeListener(name, listener)
  }

  #listen<Name extends ListenerName>(name: Name, listener: Listener<Name>): () => void {
    checkEventName(name)
    // Weak: what belongs to a run goes with it, however long somebody listens.
    const offs = new WeakMap<EventHub, () => void>()
    const attach = (hub: EventHub): void => {
      offs.set(hub, hub.on(name, listener))
    }
    this.#listeners.add(attach)
    for (const hub of this.#hubs) attach(hub)
    return () => {
      this.#listeners.delete(attach)
      for (const hub of this.#hubs) offs.get(hub)?.()
    }
  }

  close(): Promise<void> {
    return (this.#closing ??= this.#close())
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  /** Everything is let go of, whatever fails on the way; then the first failure is thrown. */
  async #close(): Promise<void> {
    for (const run of this.#live.keys()) run.interrupt('close')
    await Promise.allSettled([...this.#live.keys()].map((run) => run.report))
    const endings = [...(await this.#opener.closeEngines()), ...(await Promise.allSettled([this.#store?.close()]))]
    for (const ending of endings) if (ending.status === 'rejected') throw ending.reason
  }

  #openHub(observers: readonly RunObserver[]): EventHub {
    this.#assertOpen()
    const hub = new EventHub(observers)
    this.#hubs.add(hub)
    for (const attach of this.#listeners) attach(hub)
    return hub
  }

  #start(
    id: string,
    signal: AbortSignal | undefined,
    open: (hub: EventHub, signal: AbortSignal) => Promise<OpenedRun>,
  ): Run {
    const observers = observersOf(this.#options, id)
    const hub = this.#openHub(observers)
    const abort = new AbortController()
    const run = new RunHandle({
      id,
      events: hub,
      opened: open(hub, abort.signal),
      giveUp: () => {
        abort.abort()
      },
    })
    const onAbort = (): void => {
      run.interrupt('signal')
    }
    if (signal?.aborted === true) onAbort()
    else signal?.addEventListener('abort', onAbort, { once: true })
    this.#live.set(run, hub)
    const over = (): void => {
      signal?.removeEventListener('abort', onAbort)
      this.#live.delete(run)
      this.#hubs.delete(hub)
      hub.end()
    }
    run.report.then(over, (error: unknown) => {
      tellStopped(observers, hub, error)
      over()
      hub.fail(error)
    })
    return run
  }

  #isLive(id: string): boolean {
    return [...this.#live.keys()].some((run) => run.id === id)
  }

  get #kept(): KeptRuns {
    return new KeptRuns(this.#needStore(), this.#policy)
  }

  #needStore(): Store {
    this.#assertOpen()
    if (this.#store !== undefined) return this.#store
    throw new MusterError('RUN_UNKNOWN', { expected: 'a store that keeps runs', got: "store: 'none'" })
  }

  #assertOpen(): void {
    if (this.#closing === undefined) return
    throw new MusterError('RUN_CLOSED', {
      expected: 'an open orchestrator',
      got: 'a closed one',
      remedy: 'Create another orchestrator; with the same store it knows the same runs.',
    })
  }
}
