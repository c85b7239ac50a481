// The front door: puts engines, store, policy and kernel together, and hands out runs. It holds no rules of its own.
import { basename } from 'node:path'
import { hostname } from 'node:os'
import { MusterError } from '../errors/muster-error.ts'
import { parseOptions } from '../errors/parse-options.ts'
import { buildGraph } from '../graph/build-graph.ts'
import type { Graph } from '../graph/graph.ts'
import type { TaskFacts } from '../model/facts.ts'
import type { RunReport } from '../model/report.ts'
import type { GroupDefinition, TaskDefinition } from '../model/task.ts'
import type { Clock } from '../ports/clock.ts'
import type { Engine } from '../ports/engine.ts'
import type { Policy } from '../ports/policy.ts'
import type { JournalWriter, Store } from '../ports/store.ts'
import { explain, type Explanation } from '../run/explain.ts'
import { fifo } from '../run/fifo.ts'
import { Kernel } from '../run/kernel.ts'
import { kernelOptions, type KernelOptions, type KernelOptionsInput } from '../run/kernel-options.ts'
import { Replay, type ReplayResult } from '../run/replay.ts'
import { reportOf } from '../run/report-of.ts'
import { answerWithin } from './answer-within.ts'
import {
  checkOrchestratorOptions,
  checkResumeOptions,
  checkRunRequest,
  type OrchestratorSettings,
} from './check-options.ts'
import { EventHub, type EventName, type Listener } from './event-hub.ts'
import { firstSignals } from './first-signals.ts'
import { hookObserver, hooksBeforeAttempt } from './hooks.ts'
import { memoryStore } from './memory-store.ts'
import { checkKinds, kindsOf, openEngines } from './open-engines.ts'
import { orAborted } from './or-aborted.ts'
import type { OrchestratorOptions, RunRequest } from './orchestrator-options.ts'
import type { Plan } from './plan.ts'
import { checkAdditions, graphFacts, planTasks } from './plan-tasks.ts'
import { readDetails } from './read-details.ts'
import { readCommits, readRun } from './read-journal.ts'
import { RunDriver } from './run-driver.ts'
import { type OpenedRun, type Run, RunHandle, type TaskBatch } from './run-handle.ts'
import { newRunId, seedOf } from './run-id.ts'
import { systemClock } from './system-clock.ts'

/** Runs tasks. Made by {@link createOrchestrator}. */
export interface Orchestrator extends AsyncDisposable {
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
  /** Why a task of a kept run is where it is. */
  explain(run: string, task: string): Promise<Explanation>
  /** The report of a kept run as far as it got. */
  report(run: string): Promise<RunReport>
  /** Calls `listener` with the events of every run. */
  on<Name extends EventName>(name: Name, listener: Listener<Name>): () => void
  /**
   * Ends what goes on, without a verdict for it, and lets go of engines and store, those that were handed in included.
   * Throws what one of them threw, after all of them were asked.
   */
  close(): Promise<void>
}

/** How a run is taken up again. */
export interface ResumeOptions {
  /** Take the run from an owner that seems alive. @defaultValue `false` */
  readonly takeOver?: boolean | undefined
  /** Ends the run at once, as a second Ctrl-C would. */
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
  readonly #settings: OrchestratorSettings
  readonly #root: string
  readonly #clock: Clock
  readonly #store: Store | undefined
  readonly #policy: Policy
  readonly #defaults: KernelOptionsInput
  readonly #live = new Set<Run>()
  readonly #listeners = new Set<(hub: EventHub) => void>()
  readonly #hubs = new Set<EventHub>()
  /** Opened with the first run, when it is known how much there is to do. */
  #engines: readonly Engine[] | undefined
  #closing: Promise<void> | undefined

  constructor(options: OrchestratorOptions) {
    this.#options = options
    this.#settings = checkOrchestratorOptions(options)
    this.#root = this.#settings.root ?? process.cwd()
    this.#clock = options.clock ?? systemClock()
    this.#store = options.store === 'none' ? undefined : (options.store ?? memoryStore())
    this.#policy = options.policy ?? fifo()
    this.#defaults = pickKernelOptions(options)
    parseOptions(kernelOptions, this.#defaults, 'options')
  }

  run(request: RunRequest = {}): Run {
    const id = request.run ?? newRunId(this.#clock.wallNow())
    return this.#start(id, request.signal, (hub, signal) => this.#begin({ id, hub, request, signal }))
  }

  resume(id: string, options: ResumeOptions = {}): Run {
    return this.#start(id, options.signal, (hub, signal) => this.#reopen({ id, hub, options, signal }))
  }

  async plan(request: RunRequest = {}): Promise<Plan> {
    this.#assertOpen()
    checkRunRequest(request)
    const signal = request.signal ?? new AbortController().signal
    return orAborted(signal, async () => {
      const plan = await this.#planTasks(request, signal)
      return { ...plan, facts: (await this.#options.facts?.(plan.tasks)) ?? {} }
    })
  }

  async replay(id: string): Promise<ReplayResult> {
    const store = this.#needStore()
    const replay = new Replay(this.#policy, (tasks, facts) => {
      const built = buildGraph(tasks, { isOpen: true })
      // A journal holds only what was checked before; one that was tampered with parts soon enough without a graph.
      return built.kind === 'valid' ? graphFacts(built.graph, this.#policy, facts) : {}
    })
    for await (const commit of readCommits(store, id)) replay.take(commit)
    if (replay.result.rows === 0) throw unknownRun(id)
    return replay.result
  }

  async explain(id: string, task: string): Promise<Explanation> {
    const { kernel } = await readRun(this.#needStore(), id, this.#policy)
    kernel.placement.refresh()
    return explain(kernel, task)
  }

  async report(id: string): Promise<RunReport> {
    const store = this.#needStore()
    const { kernel, startedAtWallMs } = await readRun(store, id, this.#policy)
    const details = await readDetails(kernel, (name) => store.readDetails(id, name))
    return reportOf(kernel.state, { startedAtWallMs, details })
  }

  on<Name extends EventName>(name: Name, listener: Listener<Name>): () => void {
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
    for (const run of this.#live) run.interrupt('close')
    await Promise.allSettled([...this.#live].map((run) => run.report))
    const engines = this.#engines ?? this.#options.engines ?? []
    const endings = await Promise.allSettled(engines.map(async (engine) => engine.close()))
    endings.push(...(await Promise.allSettled([this.#store?.close()])))
    for (const ending of endings) if (ending.status === 'rejected') throw ending.reason
  }

  #openHub(): EventHub {
    this.#assertOpen()
    const { observers = [], hooks } = this.#options
    const hub: EventHub = new EventHub(hooks === undefined ? observers : [...observers, hookObserver(hooks, () => hub)])
    this.#hubs.add(hub)
    for (const attach of this.#listeners) attach(hub)
    return hub
  }

  #start(
    id: string,
    signal: AbortSignal | undefined,
    open: (hub: EventHub, signal: AbortSignal) => Promise<OpenedRun>,
  ): Run {
    const hub = this.#openHub()
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
    this.#live.add(run)
    const over = (): void => {
      signal?.removeEventListener('abort', onAbort)
      this.#live.delete(run)
      this.#hubs.delete(hub)
      hub.end()
    }
    run.report.then(over, over)
    return run
  }

  async #begin({ id, hub, request, signal }: Opening & { readonly request: RunRequest }): Promise<OpenedRun> {
    checkRunRequest(request)
    if (this.#isLive(id)) {
      throw new MusterError('RUN_EXISTS', { expected: 'a run id that is not taken', got: `${id}, which is going on` })
    }
    const options = parseOptions(kernelOptions, { ...this.#defaults, ...pickKernelOptions(request) }, 'run')
    // Until it is recorded, a run can be given up without a trace.
    const { plan, facts } = await orAborted(signal, async () => this.#prepare({ id, hub, request, signal }))
    const { tasks } = plan
    const engines = this.#openEngines({ tasks, facts, rules: options })
    const startedAtWallMs = this.#clock.wallNow()
    const name = this.#settings.name ?? basename(this.#root)
    const kernel = new Kernel(this.#policy)
    kernel.informOfGraph(plan.graphFacts(facts))
    const journal = await this.#createJournal(id, name, startedAtWallMs)
    const epoch = journal?.epoch ?? 1
    const seed = request.seed ?? seedOf(id)
    const keepsOpen = request.keepOpen === true
    return {
      driver: this.#driver({ id, hub, kernel, journal, engines, startedAtWallMs, lastAtMs: 0 }),
      first: firstSignals({ run: id, name, seed, options, epoch, plan, facts, keepsOpen }),
      checkBatch: this.#batchCheck(id, keepsOpen ? plan.graph : undefined),
    }
  }

  /** Everything that comes before the run is recorded. */
  async #prepare({ id, hub, request, signal }: Opening & { readonly request: RunRequest }): Promise<{
    readonly plan: Plan
    readonly facts: Readonly<Record<string, TaskFacts>>
  }> {
    const plan = await this.#planTasks(request, signal)
    for (const text of plan.warnings) hub.publish({ kind: 'note', text, position: 0, atMs: 0 })
    checkKinds(plan.tasks, kindsOf(this.#options))
    const facts = (await this.#options.facts?.(plan.tasks)) ?? {}
    await this.#options.hooks?.beforeRun?.({ run: id, tasks: plan.tasks.length })
    return { plan, facts }
  }

  async #reopen({ id, hub, options, signal }: Opening & { readonly options: ResumeOptions }): Promise<OpenedRun> {
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
    const journal = await this.#openJournal(store, id, options.takeOver)
    try {
      const { kernel, lastAtMs, startedAtWallMs } = await readRun(store, id, this.#policy)
      const { tasks, settings, sourceClosed } = kernel.state
      checkKinds(
        tasks.definitions.filter((_, task) => tasks.verdictKind(task) === undefined),
        kindsOf(this.#options),
      )
      const facts = Object.fromEntries(factsOf(kernel))
      // Its tasks were checked when they came; a group that waits for members may still wait.
      const request = { tasks: tasks.definitions, groups: groupsOf(kernel), keepOpen: true }
      const plan = await this.#planTasks(request, signal)
      kernel.informOfGraph(plan.graphFacts(facts))
      const engines = this.#openEngines({ tasks: tasks.definitions, facts, rules: settings })
      await orAborted(signal, () => this.#options.hooks?.beforeRun?.({ run: id, tasks: tasks.size }))
      return {
        driver: this.#driver({ id, hub, kernel, journal, engines, startedAtWallMs, lastAtMs }),
        first: [],
        checkBatch: this.#batchCheck(id, sourceClosed ? undefined : plan.graph),
      }
    } catch (error) {
      // What went wrong says more than that the journal did not close either.
      await this.#answer(journal.close(), 'the store to close the journal').catch(() => undefined)
      throw error
    }
  }

  #planTasks(request: RunRequest, signal: AbortSignal): Promise<Plan> {
    const runners = this.#options.runners ?? []
    return planTasks({ request, runners, root: this.#root, policy: this.#policy, signal })
  }

  #isLive(id: string): boolean {
    return [...this.#live].some((run) => run.id === id)
  }

  /** Checks additions against a graph that grows with them; without one nothing may be added. */
  #batchCheck(id: string, initial: Graph<TaskDefinition> | undefined): (batch: TaskBatch) => void {
    let graph = initial
    return (batch) => {
      if (graph === undefined) {
        const expected = `run ${id} to take more tasks`
        throw new MusterError('RUN_CLOSED', { expected, got: 'one that was started without keepOpen' })
      }
      graph = checkAdditions(graph, batch, kindsOf(this.#options))
    }
  }

  #driver(parts: {
    readonly id: string
    readonly hub: EventHub
    readonly kernel: Kernel
    readonly journal: JournalWriter | undefined
    readonly engines: readonly Engine[]
    readonly startedAtWallMs: number
    readonly lastAtMs: number
  }): RunDriver {
    const { id, hub, kernel, journal, engines, startedAtWallMs, lastAtMs } = parts
    return new RunDriver({
      run: id,
      root: this.#root,
      kernel,
      clock: this.#clock,
      engines,
      journal,
      events: hub,
      epoch: journal?.epoch ?? 1,
      startedAtWallMs,
      lastAtMs,
      leaseMs: this.#settings.leaseMs,
      storeTimeoutMs: this.#settings.storeTimeoutMs,
      readDetails: async (name) => this.#store?.readDetails(id, name),
      beforeAttempt: hooksBeforeAttempt(this.#options.hooks),
    })
  }

  async #createJournal(id: string, name: string, createdAtWallMs: number): Promise<JournalWriter | undefined> {
    const store = this.#store
    if (store === undefined) return undefined
    await this.#answer(store.createRun({ run: id, name, createdAtWallMs }), 'the store to create a run')
    return this.#openJournal(store, id, false)
  }

  async #openJournal(store: Store, run: string, takeOver: boolean | undefined): Promise<JournalWriter> {
    const { leaseMs } = this.#settings
    const opening = store.openJournal({ run, owner: owner(), leaseMs, takeOver })
    try {
      return await this.#answer(opening, 'the store to open a journal')
    } catch (error) {
      // An answer that comes too late must not leave an owner behind that does nothing.
      opening.then((journal) => journal.close()).catch(() => undefined)
      throw error
    }
  }

  #answer<Value>(answer: Promise<Value>, what: string): Promise<Value> {
    return answerWithin(answer, { clock: this.#clock, limitMs: this.#settings.storeTimeoutMs, what })
  }

  #openEngines(work: {
    readonly tasks: readonly TaskDefinition[]
    readonly facts: Readonly<Record<string, TaskFacts>>
    readonly rules: KernelOptions
  }): readonly Engine[] {
    const question = { ...work, options: this.#options, settings: this.#settings, clock: this.#clock }
    return (this.#engines ??= openEngines(question))
  }

  #needStore(): Store {
    this.#assertOpen()
    if (this.#store !== undefined) return this.#store
    throw new MusterError('RUN_UNKNOWN', { expected: 'a store that keeps runs', got: "store: 'none'" })
  }

  #assertOpen(): void {
    if (this.#closing === undefined) return
    throw new MusterError('RUN_CLOSED', { expected: 'an open orchestrator', got: 'a closed one' })
  }
}

/** A run that is being opened. */
interface Opening {
  readonly id: string
  readonly hub: EventHub
  /** Aborts when the caller gives the run up. */
  readonly signal: AbortSignal
}

function pickKernelOptions(given: KernelOptionsInput): KernelOptionsInput {
  const { retry, timeoutMs, maxFailures, deadlineMs, poisonAfter, maxLosses, waitForWorkerMs } = given
  const all = { retry, timeoutMs, maxFailures, deadlineMs, poisonAfter, maxLosses, waitForWorkerMs }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}

function groupsOf(kernel: Kernel): readonly GroupDefinition[] {
  const { tasks } = kernel.state
  return tasks.groupIds.map((id, group) => ({ id, concurrency: tasks.groupLimit(group) }))
}

function* factsOf(kernel: Kernel): Iterable<readonly [string, TaskFacts]> {
  for (const [task, facts] of kernel.state.tasks.facts) yield [kernel.state.tasks.id(task), facts]
}

function owner(): string {
  return `${hostname()}:${String(process.pid)}`
}

function unknownRun(run: string): MusterError {
  return new MusterError('RUN_UNKNOWN', { expected: `run ${run} in the store`, got: 'no such run' })
}
