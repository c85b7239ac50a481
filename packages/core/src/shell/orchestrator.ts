// The front door: puts engines, store, policy and kernel together, and hands out runs. It holds no rules of its own.
import { basename } from 'node:path'
import { availableParallelism, hostname } from 'node:os'
import { MusterError } from '../errors/muster-error.ts'
import { nearestName } from '../graph/nearest-name.ts'
import { parseOptions } from '../errors/parse-options.ts'
import { buildGraph } from '../graph/build-graph.ts'
import type { Graph } from '../graph/graph.ts'
import type { TaskFacts } from '../model/facts.ts'
import type { RunReport } from '../model/report.ts'
import type { TaskDefinition } from '../model/task.ts'
import type { Clock } from '../ports/clock.ts'
import type { Engine } from '../ports/engine.ts'
import type { ExecutorModule } from '../ports/executor.ts'
import type { Policy } from '../ports/policy.ts'
import type { JournalWriter, Store } from '../ports/store.ts'
import { decideSlots, type SlotStrategy } from '../run/decide-slots.ts'
import { explain, type Explanation } from '../run/explain.ts'
import { fifo } from '../run/fifo.ts'
import type { KernelSignal } from '../run/judge-signal.ts'
import { Kernel } from '../run/kernel.ts'
import { kernelOptions, type KernelOptions, type KernelOptionsInput } from '../run/kernel-options.ts'
import { Replay, type ReplayResult } from '../run/replay.ts'
import { reportOf } from '../run/report-of.ts'
import { adaptiveEngine } from './adaptive-engine.ts'
import {
  checkOrchestratorOptions,
  checkResumeOptions,
  checkRunRequest,
  type OrchestratorSettings,
} from './check-options.ts'
import { EventHub, type EventName, type Listener } from './event-hub.ts'
import { hookObserver, hooksBeforeAttempt } from './hooks.ts'
import { inProcessEngine } from './in-process-engine.ts'
import { localEngine } from './local/local-engine.ts'
import { readMachine } from './machine.ts'
import { memoryStore } from './memory-store.ts'
import type { OrchestratorOptions, RunRequest } from './orchestrator-options.ts'
import type { Plan } from './plan.ts'
import { checkAdditions, graphFacts, planTasks } from './plan-tasks.ts'
import { readDetails } from './read-details.ts'
import { readCommits, readRun } from './read-journal.ts'
import { RunDriver } from './run-driver.ts'
import { type Run, RunHandle } from './run-handle.ts'
import { newRunId, seedOf } from './run-id.ts'
import { systemClock } from './system-clock.ts'

/** Runs tasks. Made by {@link createOrchestrator}. */
export interface Orchestrator extends AsyncDisposable {
  /** Starts a run. It is opened in the background: whatever goes wrong is told by its report. */
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
  /** Ends what goes on, without a verdict for it, and lets go of engines and store. */
  close(): Promise<void>
}

/** How a run is taken up again. */
export interface ResumeOptions {
  /** Take the run from an owner that seems alive. @defaultValue `false` */
  readonly takeOver?: boolean | undefined
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
  readonly #listeners = new Set<(hub: EventHub) => () => void>()
  readonly #hubs = new Set<EventHub>()
  /** Graphs of the runs that may take more tasks, as they grow. */
  readonly #graphs = new Map<string, Graph<TaskDefinition>>()
  /** Kernels of the runs that go on. */
  readonly #kernels = new Map<string, Kernel>()
  #engines: readonly Engine[] | undefined
  #isClosed = false

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
    const hub = this.#openHub()
    return this.#register(id, hub, this.#begin(id, hub, request), request.signal)
  }

  resume(id: string, options: ResumeOptions = {}): Run {
    const hub = this.#openHub()
    return this.#register(id, hub, this.#reopen(id, hub, options), options.signal)
  }

  async plan(request: RunRequest = {}): Promise<Plan> {
    this.#assertOpen()
    checkRunRequest(request)
    const plan = await planTasks({ request, runners: this.#options.runners ?? [], root: this.#root, policy: this.#policy })
    const facts = (await this.#options.facts?.(plan.tasks)) ?? {}
    return { ...plan, facts }
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
    const offs: (() => void)[] = []
    const attach = (hub: EventHub): (() => void) => {
      const off = hub.on(name, listener)
      offs.push(off)
      return off
    }
    this.#listeners.add(attach)
    for (const hub of this.#hubs) attach(hub)
    return () => {
      this.#listeners.delete(attach)
      for (const off of offs.splice(0)) off()
    }
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    for (const run of this.#live) run.interrupt('close')
    await Promise.allSettled([...this.#live].map((run) => run.report))
    for (const engine of this.#engines ?? []) await engine.close()
    await this.#store?.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  #openHub(): EventHub {
    this.#assertOpen()
    const { observers = [], hooks } = this.#options
    const hub: EventHub = new EventHub(hooks === undefined ? observers : [...observers, hookObserver(hooks, () => hub)])
    this.#hubs.add(hub)
    for (const attach of this.#listeners) attach(hub)
    return hub
  }

  #register(id: string, hub: EventHub, driver: Promise<RunDriver>, signal: AbortSignal | undefined): Run {
    const run = new RunHandle({
      id,
      events: hub,
      driver,
      kernel: () => this.#kernels.get(id),
      checkBatch: (batch) => {
        const graph = this.#graphs.get(id)
        if (graph === undefined) {
          throw new MusterError('RUN_CLOSED', { expected: 'an open run', got: `${id}, which is being opened or over` })
        }
        this.#graphs.set(id, checkAdditions(graph, batch, this.#kinds()))
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
      this.#graphs.delete(id)
      this.#kernels.delete(id)
      this.#hubs.delete(hub)
      hub.end()
    }
    run.report.then(over, over)
    return run
  }

  async #begin(id: string, hub: EventHub, request: RunRequest): Promise<RunDriver> {
    checkRunRequest(request)
    const options = parseOptions(kernelOptions, { ...this.#defaults, ...pickKernelOptions(request) }, 'run')
    const plan = await planTasks({ request, runners: this.#options.runners ?? [], root: this.#root, policy: this.#policy })
    for (const text of plan.warnings) hub.publish({ kind: 'note', text, position: 0, atMs: 0 })
    this.#checkKinds(plan.tasks)
    const facts = (await this.#options.facts?.(plan.tasks)) ?? {}
    const engines = this.#openEngines(plan, options, facts)
    await this.#options.hooks?.beforeRun?.({ run: id, tasks: plan.tasks.length })
    const startedAtWallMs = this.#clock.wallNow()
    const name = this.#settings.name ?? basename(this.#root)
    const journal = await this.#createJournal(id, name, startedAtWallMs)
    const kernel = new Kernel(this.#policy)
    kernel.informOfGraph(plan.graphFacts(facts))
    const driver = this.#driver({ id, hub, kernel, journal, engines, startedAtWallMs, lastAtMs: 0 })
    const seed = request.seed ?? seedOf(id)
    const first: KernelSignal[] = [
      { kind: 'begin', run: id, name, seed, options },
      { kind: 'open', epoch: journal?.epoch ?? 1 },
      ...taskSignals(plan, facts),
    ]
    if (request.keepOpen === true) this.#graphs.set(id, plan.graph)
    else first.push({ kind: 'close-source' })
    await driver.start(first)
    return driver
  }

  async #reopen(id: string, hub: EventHub, options: ResumeOptions): Promise<RunDriver> {
    checkResumeOptions(options)
    const store = this.#needStore()
    const { leaseMs } = this.#settings
    const journal = await store.openJournal({ run: id, owner: owner(), leaseMs, takeOver: options.takeOver })
    try {
      const { kernel, lastAtMs, startedAtWallMs } = await readRun(store, id, this.#policy)
      const plan = await planTasks({
        // Its tasks were checked when they came; a group that waits for members may still wait.
        request: { tasks: kernel.state.tasks.definitions, groups: groupsOf(kernel), keepOpen: true },
        runners: [],
        root: this.#root,
        policy: this.#policy,
      })
      kernel.informOfGraph(plan.graphFacts(Object.fromEntries(factsOf(kernel))))
      const engines = this.#openEngines(plan, kernel.state.settings, {})
      const driver = this.#driver({ id, hub, kernel, journal, engines, startedAtWallMs, lastAtMs })
      await driver.start([])
      return driver
    } catch (error) {
      await journal.close()
      throw error
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
    this.#kernels.set(id, kernel)
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
      readDetails: async (name) => this.#store?.readDetails(id, name),
      beforeAttempt: hooksBeforeAttempt(this.#options.hooks),
    })
  }

  async #createJournal(id: string, name: string, createdAtWallMs: number): Promise<JournalWriter | undefined> {
    const store = this.#store
    if (store === undefined) return undefined
    await store.createRun({ run: id, name, createdAtWallMs })
    return store.openJournal({ run: id, owner: owner(), leaseMs: this.#settings.leaseMs })
  }

  /** Engines are opened with the first run, when it is known how much there is to do. */
  #openEngines(plan: Plan, options: KernelOptions, facts: Readonly<Record<string, TaskFacts>>): readonly Engine[] {
    if (this.#engines !== undefined) return this.#engines
    const { executors = [], runners = [], engines, env } = this.#options
    if (engines !== undefined) return (this.#engines = engines)
    const slots = this.#slots(plan, options, facts)
    const opened: Engine[] = []
    if (executors.length > 0) {
      // Executors of one process mostly wait; a strategy is about processes.
      const own = typeof this.#settings.slots === 'number' ? { slots: this.#settings.slots } : {}
      opened.push(inProcessEngine({ executors, clock: this.#clock, env, ...own }))
    }
    if (runners.length > 0) {
      const modules = Object.fromEntries(runners.map((runner) => [runner.name, runner.executor]))
      opened.push(this.#localEngine(modules, slots))
    }
    return (this.#engines = opened)
  }

  #localEngine(executors: Readonly<Record<string, ExecutorModule>>, slots: number): Engine {
    const clock = this.#clock
    const { env } = this.#options
    if (this.#settings.slots !== 'adaptive') return localEngine({ executors, slots, env, clock })
    const cores = availableParallelism()
    const engine = localEngine({ executors, slots: 4 * cores, env, clock })
    return adaptiveEngine({ engine, clock, slots, readMachine: () => readMachine(cores) })
  }

  #slots(plan: Plan, options: KernelOptions, facts: Readonly<Record<string, TaskFacts>>): number {
    const { slots } = this.#settings
    if (typeof slots === 'number') return slots
    const strategy: SlotStrategy = slots
    const expected = plan.tasks.map((task) => facts[task.id]?.duration?.medianMs ?? task.expectedMs)
    const known = expected.filter((ms) => ms !== undefined)
    return decideSlots(strategy, readMachine(availableParallelism()), {
      tasks: plan.tasks.length,
      expectedMs: known.length === 0 ? undefined : known.reduce((sum, ms) => sum + ms, 0),
      deadlineMs: options.deadlineMs ?? undefined,
    })
  }

  #kinds(): ReadonlySet<string> | undefined {
    const { executors = [], runners = [], engines } = this.#options
    // Engines of the caller's own say themselves, through their workers, what they can run.
    if (engines !== undefined) return undefined
    return new Set([...executors.map((executor) => executor.kind), ...runners.map((runner) => runner.name)])
  }

  #checkKinds(tasks: readonly TaskDefinition[]): void {
    const kinds = this.#kinds()
    if (kinds === undefined) return
    const foreign = tasks.find((task) => !kinds.has(task.kind))
    if (foreign === undefined) return
    const nearest = nearestName(foreign.kind, [...kinds])
    throw new MusterError('EXECUTOR_UNKNOWN', {
      expected: kinds.size === 0 ? 'at least one executor or runner' : `a kind among ${[...kinds].join(', ')}`,
      got: `kind ${JSON.stringify(foreign.kind)} of task ${JSON.stringify(foreign.id)}`,
      ...(nearest === undefined ? {} : { remedy: `Did you mean ${nearest}?` }),
    })
  }

  #needStore(): Store {
    this.#assertOpen()
    if (this.#store !== undefined) return this.#store
    throw new MusterError('RUN_UNKNOWN', { expected: 'a store that keeps runs', got: "store: 'none'" })
  }

  #assertOpen(): void {
    if (this.#isClosed) throw new MusterError('RUN_CLOSED', { expected: 'an open orchestrator', got: 'a closed one' })
  }
}

/** Tasks are told in chunks, so that no row of the journal grows without bound. */
const tasksPerRow = 5_000

function* taskSignals(plan: Plan, facts: Readonly<Record<string, TaskFacts>>): Iterable<KernelSignal> {
  const { tasks, groups } = plan
  const hasFacts = Object.keys(facts).length > 0
  for (let from = 0; from < tasks.length || from === 0; from += tasksPerRow) {
    const chunk = tasks.slice(from, from + tasksPerRow)
    const known: Record<string, TaskFacts> = {}
    if (hasFacts) {
      for (const { id } of chunk) {
        const fact = facts[id]
        if (fact !== undefined) known[id] = fact
      }
    }
    const more = from + tasksPerRow < tasks.length
    yield { kind: 'add-tasks', tasks: chunk, groups: from === 0 ? groups : [], facts: hasFacts ? known : undefined, more }
  }
}

function pickKernelOptions(given: KernelOptionsInput): KernelOptionsInput {
  const { retry, timeoutMs, maxFailures, deadlineMs, poisonAfter, maxLosses, waitForWorkerMs } = given
  const all = { retry, timeoutMs, maxFailures, deadlineMs, poisonAfter, maxLosses, waitForWorkerMs }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}

function groupsOf(kernel: Kernel): readonly { readonly id: string; readonly concurrency?: number | undefined }[] {
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
