// Brings a run to the point from which it can be driven: planned and recorded, or read back. Whatever goes wrong on the way
// leaves no owner behind.
import { hostname } from 'node:os'
import { basename } from 'node:path'
import { messageOf } from '../errors/message-of.ts'
import { MusterError } from '../errors/muster-error.ts'
import { parseOptions } from '../errors/parse-options.ts'
import type { Graph } from '../graph/graph.ts'
import type { TaskFacts } from '../model/facts.ts'
import type { GroupDefinition, TaskDefinition } from '../model/task.ts'
import type { CancelWait, Clock } from '../ports/clock.ts'
import type { Engine } from '../ports/engine.ts'
import type { Policy } from '../ports/policy.ts'
import type { JournalWriter, Store } from '../ports/store.ts'
import { planRecovery } from '../recovery/plan-recovery.ts'
import { strategiesOf } from '../recovery/recovery-options.ts'
import { roll } from '../run/dice.ts'
import { Kernel } from '../run/kernel.ts'
import { kernelOptions, type KernelOptions, type KernelOptionsInput } from '../run/kernel-options.ts'
import { pickKernelOptions } from '../run/pick-kernel-options.ts'
import { answerWithin } from './answer-within.ts'
import { checkDeclared } from './artifacts/check-declared.ts'
import { askUser, type HookLimit } from './ask-user.ts'
import { checkKinds } from './check-kinds.ts'
import type { OrchestratorSettings } from './check-options.ts'
import type { EventHub } from './event-hub.ts'
import { firstSignals } from './first-signals.ts'
import { AfterHooks, hooksBeforeAttempt } from './hooks.ts'
import { kindsOf, openEngines } from './open-engines.ts'
import { rereadingEngine } from './rereading-engine.ts'
import { orAborted } from './or-aborted.ts'
import type { OrchestratorOptions, RunRequest } from './orchestrator-options.ts'
import type { Plan } from './plan.ts'
import { completeBatch, cutOffBatch } from './cut-off-batch.ts'
import { checkAdditions, planTasks } from './plan-tasks.ts'
import { readRun } from './read-journal.ts'
import { RunDriver } from './run-driver.ts'
import type { OpenedRun } from './run-handle.ts'
import { seedOf } from './run-id.ts'
import type { TaskBatch } from './task-batch.ts'

/** What all runs of an orchestrator have in common. */
export interface RunOpenerParts {
  readonly options: OrchestratorOptions
  readonly settings: OrchestratorSettings
  /** Rules of runs that say nothing themselves. */
  readonly defaults: KernelOptionsInput
  readonly root: string
  readonly clock: Clock
  /** Nothing is kept without one. */
  readonly store: Store | undefined
  readonly policy: Policy
}

/** A run that is being opened. */
interface Opening {
  readonly id: string
  readonly hub: EventHub
  /** Aborts when the caller gives the run up. */
  readonly signal: AbortSignal
}

interface Reopening extends Opening {
  readonly store: Store
  /** Take the run from an owner that seems alive. */
  readonly takeOver: boolean | undefined
}

interface Owned {
  readonly store: Store
  readonly journal: JournalWriter
}

/** Opens the runs of one orchestrator; they share its engines. */
export class RunOpener {
  readonly #parts: RunOpenerParts
  /** Opened with the first run, when it is known how much there is to do. */
  #engines: readonly Engine[] | undefined

  constructor(parts: RunOpenerParts) {
    this.#parts = parts
  }

  /** Opens a new run. */
  async begin({ id, hub, request, signal }: Opening & { readonly request: RunRequest }): Promise<OpenedRun> {
    const { clock, root, policy, settings, defaults } = this.#parts
    const note = noteTo(hub)
    const given = await this.#withRecovery({ ...defaults, ...pickKernelOptions(request) }, { id, request, note })
    const options = parseOptions(kernelOptions, given, 'run')
    // Until it is recorded, a run can be given up without a trace.
    const { plan, facts } = await orAborted(signal, async () => this.#prepare({ id, hub, request, signal }))
    const { tasks } = plan
    const engines = this.#openEngines({ tasks, facts, rules: options })
    const startedAtWallMs = clock.wallNow()
    const name = settings.name ?? basename(root)
    const kernel = new Kernel(policy)
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

  /** The rules of a run with the ladders that its failures climb, where that is wanted. */
  async #withRecovery(
    given: KernelOptionsInput,
    { id, request, note }: { readonly id: string; readonly request: RunRequest; readonly note: (text: string) => void },
  ): Promise<KernelOptionsInput> {
    const { options, clock } = this.#parts
    const { recovery } = options
    if (recovery === undefined) return given
    // What is wrong with it is told before anything is asked.
    parseOptions(kernelOptions, given, 'run')
    const strategies = strategiesOf(recovery)
    const records = await askUser('the function recovery.records', this.#hookLimit, async () =>
      recovery.records?.(),
    ).catch((error: unknown) => {
      note(`the run goes on without what is known of recovery: ${messageOf(error)}`)
      return undefined
    })
    const seed = request.seed ?? seedOf(id)
    const retry = typeof given.retry === 'number' ? { maxAttempts: given.retry } : (given.retry ?? {})
    let rolls = 0
    const plan = planRecovery({
      retry,
      records: records ?? new Map(),
      strategies,
      nowWallMs: clock.wallNow(),
      roll: () => roll(seed, rolls++, 0, 'recovery'),
    })
    return { ...given, retry: plan.retry }
  }

  /** Opens a run that is kept in the store. */
  async reopen({ id, hub, store, takeOver, signal }: Reopening): Promise<OpenedRun> {
    const journal = await this.#openJournal(store, id, takeOver)
    try {
      return await this.#renewing(journal, async () => this.#readBack({ id, hub, store, journal, signal }))
    } catch (error) {
      // What went wrong says more than that the journal did not close either.
      await this.#answer(journal.close(), 'the store to close the journal').catch(() => undefined)
      throw error
    }
  }

  /** Discovers, selects and checks. */
  planTasks(request: RunRequest, signal: AbortSignal, note?: (text: string) => void): Promise<Plan> {
    const { options, root, policy, clock, settings } = this.#parts
    const { discoveryTimeoutMs } = settings
    return planTasks({ request, runners: options.runners ?? [], root, policy, signal, clock, discoveryTimeoutMs, note })
  }

  /** Closes every engine, also where one of them fails. */
  closeEngines(): Promise<readonly PromiseSettledResult<void>[]> {
    const engines = this.#engines ?? this.#parts.options.engines ?? []
    const { clock, settings } = this.#parts
    const limit = { clock, limitMs: settings.engineTimeoutMs, code: 'ENGINE_FAILED' } as const
    return Promise.allSettled(
      engines.map((engine) =>
        answerWithin((async () => engine.close())(), { ...limit, what: `engine ${engine.name} to close` }),
      ),
    )
  }

  async #readBack({ id, hub, store, journal, signal }: Opening & Owned): Promise<OpenedRun> {
    const { options, policy } = this.#parts
    const { kernel, ...read } = await readRun(store, id, policy)
    const { tasks, settings, sourceClosed } = kernel.state
    const open = tasks.definitions.filter((_, task) => tasks.verdictKind(task) === undefined)
    checkKinds(open, kindsOf(options))
    checkDeclared(open, options.artifacts !== undefined)
    const facts = Object.fromEntries(factsOf(kernel))
    const graph = await this.#graphOf({ kernel, facts, signal })
    const engines = this.#openEngines({ tasks: tasks.definitions, facts, rules: settings })
    await orAborted(signal, () => this.#beforeRun(id, tasks.size))
    const cutOff = cutOffBatch(kernel.state)
    if (cutOff !== undefined) {
      const text = `${cutOff.tasks.length} tasks of a batch were recorded before it was cut off; add the batch again, or the run does not end`
      hub.publish({ kind: 'note', text, position: journal.lastSeq, atMs: kernel.state.atMs })
    }
    return {
      driver: this.#driver({ id, hub, kernel, journal, engines, ...read }),
      // Whoever resumes a run wants it to go on, also where its former owner had paused it.
      first: kernel.state.phase === 'paused' ? [{ kind: 'unpause' }] : [],
      checkBatch: this.#batchCheck(id, sourceClosed ? undefined : graph, cutOff),
    }
  }

  /**
   * The graph of a run that was read back, and what the policy reads of it. Nobody asks for it where the source is closed,
   * the policy does not look at chains and no edge only orders: then it is not built, which would take most of the time.
   */
  async #graphOf(read: {
    readonly kernel: Kernel
    readonly facts: Readonly<Record<string, TaskFacts>>
    readonly signal: AbortSignal
  }): Promise<Graph<TaskDefinition> | undefined> {
    const { kernel, facts, signal } = read
    const { tasks, sourceClosed } = kernel.state
    const isRead = this.#parts.policy.reads?.includes('criticalPath') === true
    if (sourceClosed && !isRead && !tasks.definitions.some(ordersOnly)) return undefined
    // Its tasks were checked when they came; a group that waits for members may still wait.
    const request = { tasks: tasks.definitions, groups: groupsOf(kernel), keepOpen: true }
    const plan = await this.planTasks(request, signal)
    kernel.informOfGraph(plan.graphFacts(facts))
    return plan.graph
  }

  /** Keeps the lease while a run is read back; if that fails, its driver will notice. */
  async #renewing<Value>(journal: JournalWriter, work: () => Promise<Value>): Promise<Value> {
    const { clock, settings } = this.#parts
    let cancelBeat: CancelWait = () => undefined
    const beat = (): void => {
      cancelBeat = clock.after(settings.leaseMs / 3, () => {
        journal.heartbeat().catch(() => undefined)
        beat()
      })
    }
    beat()
    try {
      return await work()
    } finally {
      cancelBeat()
    }
  }

  /** Everything that comes before the run is recorded. */
  async #prepare({ id, hub, request, signal }: Opening & { readonly request: RunRequest }): Promise<{
    readonly plan: Plan
    readonly facts: Readonly<Record<string, TaskFacts>>
  }> {
    const note = noteTo(hub)
    const plan = await this.planTasks(request, signal, note)
    plan.warnings.forEach(note)
    const { options } = this.#parts
    checkKinds(plan.tasks, kindsOf(options))
    checkDeclared(plan.tasks, options.artifacts !== undefined)
    const facts = await this.#factsOrNone(plan.tasks, note)
    await this.#beforeRun(id, plan.tasks.length)
    return { plan, facts }
  }

  /** A run goes on without facts: it is ordered as if it were the first one. */
  async #factsOrNone(
    tasks: readonly TaskDefinition[],
    note: (text: string) => void,
  ): Promise<Readonly<Record<string, TaskFacts>>> {
    try {
      return await this.askFacts(tasks)
    } catch (error) {
      note(`the run goes on without what is known of its tasks: ${messageOf(error)}`)
      return {}
    }
  }

  /** What the past says of tasks. */
  async askFacts(tasks: readonly TaskDefinition[]): Promise<Readonly<Record<string, TaskFacts>>> {
    const { facts } = this.#parts.options
    if (facts === undefined) return {}
    type Facts = Readonly<Record<string, TaskFacts>>
    return (await askUser<Facts | undefined>('the function facts', this.#hookLimit, () => facts(tasks))) ?? {}
  }

  get #hookLimit(): HookLimit {
    const { clock, settings } = this.#parts
    return { clock, limitMs: settings.hookTimeoutMs }
  }

  #beforeRun(run: string, tasks: number): Promise<void> {
    return askUser('the hook beforeRun', this.#hookLimit, () => this.#parts.options.hooks?.beforeRun?.({ run, tasks }))
  }

  /** Checks additions against a graph that grows with them; without one nothing may be added. */
  #batchCheck(
    id: string,
    initial: Graph<TaskDefinition> | undefined,
    cutOff?: TaskBatch,
  ): (batch: TaskBatch) => TaskBatch {
    let graph = initial
    let left = cutOff
    return (batch) => {
      if (graph === undefined) {
        const expected = `run ${id} to take more tasks`
        throw new MusterError('RUN_CLOSED', {
          expected,
          got: 'one that was started without keepOpen, or whose source is closed',
          remedy: 'Start the run with keepOpen, and add before close.',
        })
      }
      const { whole, rest } = completeBatch(left, batch)
      graph = checkAdditions(graph, whole, kindsOf(this.#parts.options))
      checkDeclared(batch.tasks, this.#parts.options.artifacts !== undefined)
      left = undefined
      return rest
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
    readonly lastWallMs?: number
  }): RunDriver {
    const { id, hub, kernel, journal, engines, startedAtWallMs, lastAtMs, lastWallMs } = parts
    const { root, clock, store, settings, options } = this.#parts
    const { hooks } = options
    const limitMs = settings.hookTimeoutMs
    return new RunDriver({
      run: id,
      root,
      kernel,
      clock,
      engines,
      journal,
      events: hub,
      epoch: journal?.epoch ?? 1,
      startedAtWallMs,
      lastAtMs,
      lastWallMs,
      leaseMs: settings.leaseMs,
      storeTimeoutMs: settings.storeTimeoutMs,
      engineTimeoutMs: settings.engineTimeoutMs,
      readDetails: async (name) => store?.readDetails(id, name),
      beforeAttempt: hooksBeforeAttempt(hooks, this.#hookLimit),
      afterHooks: hooks === undefined ? undefined : new AfterHooks({ hooks, hub, clock, limitMs }),
    })
  }

  async #createJournal(id: string, name: string, createdAtWallMs: number): Promise<JournalWriter | undefined> {
    const { store } = this.#parts
    if (store === undefined) return undefined
    await this.#answer(store.createRun({ run: id, name, createdAtWallMs }), 'the store to create a run')
    return this.#openJournal(store, id, false)
  }

  async #openJournal(store: Store, run: string, takeOver: boolean | undefined): Promise<JournalWriter> {
    const { leaseMs } = this.#parts.settings
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
    return answerWithin(answer, { clock: this.#parts.clock, limitMs: this.#parts.settings.storeTimeoutMs, what })
  }

  #openEngines(work: {
    readonly tasks: readonly TaskDefinition[]
    readonly facts: Readonly<Record<string, TaskFacts>>
    readonly rules: KernelOptions
  }): readonly Engine[] {
    const { options, settings, clock } = this.#parts
    const question = { ...work, options, settings, clock }
    return (this.#engines ??= openEngines(question).map((engine) => rereadingEngine(engine, settings.failureRules)))
  }
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

/** Whether some dependency of the task waits for nothing. */
function ordersOnly({ dependsOn }: TaskDefinition): boolean {
  return dependsOn?.some((given) => typeof given !== 'string' && given.kind === 'optional') === true
}

/** Says something before the run is recorded. */
function noteTo(hub: EventHub): (text: string) => void {
  return (text) => {
    hub.publish({ kind: 'note', text, position: 0, atMs: 0 })
  }
}
