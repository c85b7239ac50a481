// From a project to an orchestrator that can run it: runners found, tasks discovered and ruled over, facts read, strategy
// chosen. `plan` and `run` go the same way, so that a plan shows what a run would do.
import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname } from 'node:path'
import {
  createOrchestrator,
  decideSlots,
  fifo,
  type Orchestrator,
  type OrchestratorOptions,
  type Plan,
  type Policy,
  readMachine,
  type TaskDefinition,
  type TaskFacts,
} from '@muster/core'
import { historyFacts } from '@muster/analysis'
import type { RunSettings } from '../arguments/run-settings.ts'
import { applyRules } from '../config/apply-rules.ts'
import { wordsBelow, wordsForDiscovery, wordsForGraph } from '../plan/read-selection.ts'
import { chooseStrategy, type KnownTasks, type StrategyChoice } from '../strategy/choose-strategy.ts'
import { discoverAll, findRunners, type FoundRunners } from './find-runners.ts'
import { artifactsPath } from './artifacts-path.ts'
import { discoveryPath } from './discovery-path.ts'
import { keptRuns } from './kept-runs.ts'
import { makeStoreFolder, type Project } from './open-project.ts'
import { untilInterrupted } from './until-interrupted.ts'
import { slotsBeforehand, warmEngine, type WarmEngine } from './warm-engine.ts'

/** Everything that is there before a run. */
export interface Prepared {
  readonly orchestrator: Orchestrator
  /** Id of the run that its engine is warm for; absent where it is not. */
  readonly run: string | undefined
  readonly plan: Plan
  readonly facts: Readonly<Record<string, TaskFacts>>
  readonly strategy: Strategy
  readonly policy: Policy
  readonly found: FoundRunners
  /** Attempts at the same time. */
  readonly slots: number
  /** What a person should know before the run. */
  readonly warnings: readonly string[]
}

/** A strategy for people. */
export interface Strategy {
  readonly name: string
  readonly because: string
}

/** What is to be prepared. */
export interface Preparation {
  readonly settings: RunSettings
  /** The selection, as given. */
  readonly words: readonly string[]
  /** Is told what takes long. */
  readonly say: (line: string) => void
  /** It will be run, so that the folder of the database may be made. */
  readonly isRun?: boolean | undefined
}

/** Prepares a run of the selected tasks. */
export async function prepare(project: Project, preparation: Preparation): Promise<Prepared> {
  const { settings, words: given, say, isRun = false } = preparation
  const found = await findRunners(project)
  if (isRun) await makeStoreFolder(project)
  let warm: WarmEngine | undefined
  try {
    const discovered = await untilInterrupted((signal) => {
      if (isRun) warm = warmFor(project, settings, { found, words: given })
      return discoverAll(found.runners, {
        root: project.root,
        select: wordsForDiscovery(wordsBelow(project.root, given)),
        signal,
        limitMs: settings.discoveryTimeoutMs,
        say,
        ...(settings.usesCache ? cacheOf(project) : {}),
      })
    })
    return await prepareFound(project, preparation, { found, discovered, warm })
  } catch (error) {
    await warm?.engine.close()
    throw error
  }
}

interface Found {
  readonly found: FoundRunners
  readonly discovered: Awaited<ReturnType<typeof discoverAll>>
  readonly warm: WarmEngine | undefined
}

async function prepareFound(
  project: Project,
  { settings, words: given }: Preparation,
  { found, discovered, warm }: Found,
): Promise<Prepared> {
  const words = wordsBelow(project.root, given)
  const { tasks: all, groups, warnings } = applyRules(discovered.tasks, discovered.groups ?? [], project.config)
  const select = wordsForGraph(words, all, groups)
  // What is chosen is known before the strategy, which is to suit what will run.
  const tasks = select.length === 0 ? all : (await keptRuns(project).plan({ tasks: all, groups, select })).tasks
  const facts = await factsOf(project, tasks)
  const { strategy, policy } = await strategyFor(settings.strategy, { tasks, facts, nowWallMs: Date.now() })
  const slots = slotsFor(settings, tasks, facts)
  const orchestrator = createOrchestrator({
    ...orchestratorOptions(project, settings, found, policy),
    ...(warm === undefined ? {} : { engines: [warm.engine] }),
    slots,
    facts: async () => facts,
  })
  const plan = await orchestrator.plan({ tasks, groups })
  return {
    orchestrator,
    run: warm?.run,
    plan,
    facts,
    strategy,
    policy,
    found,
    slots,
    warnings: [
      ...(discovered.warnings ?? []),
      ...(wordsForDiscovery(words).length > 0 ? [] : warnings),
      ...plan.warnings,
    ],
  }
}

/** The engine of the run, where it is known before the tasks are. */
function warmFor(
  project: Project,
  settings: RunSettings,
  { found, words }: { readonly found: FoundRunners; readonly words: readonly string[] },
): WarmEngine | undefined {
  const slots = slotsBeforehand(settings.slots)
  if (slots === undefined || found.runners.length === 0) return undefined
  const options = orchestratorOptions(project, settings, found, fifo())
  return warmEngine({ options, root: project.root, slots, words, wallMs: Date.now() })
}

/** What every orchestrator of a project has. */
export function orchestratorOptions(
  project: Project,
  settings: RunSettings,
  found: FoundRunners,
  policy: Policy,
): OrchestratorOptions {
  const { env, limits, recycle, cgroups, failureRules } = project.config
  return {
    ...settings.kernel,
    runners: found.runners,
    store: project.store,
    policy,
    root: project.root,
    name: settings.name ?? project.name,
    artifacts: { ...project.config.artifacts, dir: artifactsPath(project.storePath) },
    limits,
    recycle,
    isolation: settings.isolation,
    cgroups,
    failureRules,
    ...(env === undefined ? {} : { env: withoutUndefined(env) }),
  }
}

/** The strategy asked for or chosen, with the policy that carries it out. */
export async function strategyFor(
  asked: RunSettings['strategy'],
  known: KnownTasks,
): Promise<{ readonly strategy: Strategy; readonly policy: Policy }> {
  if (typeof asked === 'object')
    return { strategy: { name: asked.name, because: 'of the configuration' }, policy: asked }
  const strategy = chooseStrategy(asked, known)
  return { strategy, policy: await policyOf(strategy, known) }
}

async function policyOf({ name }: StrategyChoice, known: KnownTasks): Promise<Policy> {
  if (name === 'fifo') return fifo()
  const { hedgedLongestFirst, strategyByName } = await import('@muster/scheduler')
  return name === 'hedged-longest-first' ? hedgedLongestFirst(known) : strategyByName(name)
}

/** What the history says; a database that cannot be read is told when it is needed, not when it only would help. */
async function factsOf(
  project: Project,
  tasks: readonly TaskDefinition[],
): Promise<Readonly<Record<string, TaskFacts>>> {
  return historyFacts(project.store, tasks)
}

function slotsFor(
  { slots, kernel }: RunSettings,
  tasks: readonly TaskDefinition[],
  facts: Readonly<Record<string, TaskFacts>>,
): number {
  if (typeof slots === 'number') return slots
  const known = tasks.flatMap(({ id, expectedMs }) => facts[id]?.duration?.medianMs ?? expectedMs ?? [])
  return decideSlots(slots, readMachine(availableParallelism()), {
    tasks: tasks.length,
    expectedMs: known.length === 0 ? undefined : known.reduce((sum, ms) => sum + ms, 0),
    deadlineMs: kernel.deadlineMs ?? undefined,
  })
}

/** Beside the database, and only once that has a folder: looking at a plan makes no file. */
function cacheOf({ storePath }: Project): { readonly cacheDir?: string } {
  return existsSync(dirname(storePath)) ? { cacheDir: discoveryPath(storePath) } : {}
}

function withoutUndefined(env: NonNullable<Project['config']['env']>): NonNullable<OrchestratorOptions['env']> {
  return {
    ...(env.allow === undefined ? {} : { allow: env.allow }),
    ...(env.set === undefined ? {} : { set: env.set }),
  }
}
