// The engines that executors and runners bring, and the kinds of task that they serve.
import { availableParallelism } from 'node:os'
import type { TaskFacts } from '../model/facts.ts'
import type { TaskDefinition } from '../model/task.ts'
import type { Clock } from '../ports/clock.ts'
import type { Engine } from '../ports/engine.ts'
import type { ExecutorModule } from '../ports/executor.ts'
import { decideSlots } from '../run/decide-slots.ts'
import type { KernelOptions } from '../run/kernel-options.ts'
import { adaptiveEngine } from './adaptive-engine.ts'
import { artifactEngine } from './artifacts/artifact-engine.ts'
import type { OrchestratorSettings } from './check-options.ts'
import { inProcessEngine } from './in-process-engine.ts'
import { localEngine } from './local/local-engine.ts'
import { readMachine } from './machine.ts'
import type { OrchestratorOptions } from './orchestrator-options.ts'

/** What decides which engines there are and how large. */
export interface EngineQuestion {
  readonly options: OrchestratorOptions
  readonly settings: OrchestratorSettings
  readonly clock: Clock
  /** Tasks of the first run, and what is known of them. */
  readonly tasks: readonly TaskDefinition[]
  readonly facts: Readonly<Record<string, TaskFacts>>
  readonly rules: KernelOptions
}

/** Makes the engines, or takes those of the caller's own; where artifacts are kept, each of them keeps some. */
export function openEngines(question: EngineQuestion): readonly Engine[] {
  const { artifacts } = question.settings
  const engines = makeEngines(question)
  return artifacts === undefined ? engines : engines.map((engine) => artifactEngine(engine, artifacts))
}

function makeEngines(question: EngineQuestion): readonly Engine[] {
  const { options, clock } = question
  const { executors = [], runners = [], engines, env } = options
  if (engines !== undefined) return engines
  const opened: Engine[] = []
  if (executors.length > 0) {
    // Executors of one process mostly wait: where nobody said how many, they get more slots than there are cores.
    if (options.slots === undefined) opened.push(inProcessEngine({ executors, clock, env }))
    else opened.push(withSlots(question, (slots) => inProcessEngine({ executors, clock, env, slots })))
  }
  if (runners.length > 0) {
    const modules = Object.fromEntries(runners.map((runner) => [runner.name, runner.executor]))
    opened.push(openLocal(question, modules))
  }
  return opened
}

/** Kinds of task that can run; nothing where the caller's own engines say so themselves, through their workers. */
export function kindsOf({
  executors = [],
  runners = [],
  engines,
}: OrchestratorOptions): ReadonlySet<string> | undefined {
  if (engines !== undefined) return undefined
  return new Set([...executors.map((executor) => executor.kind), ...runners.map((runner) => runner.name)])
}

function openLocal(question: EngineQuestion, executors: Readonly<Record<string, ExecutorModule>>): Engine {
  const { clock, options, settings } = question
  const { limits, recycle, isolation, cgroups } = settings
  const common = { executors, env: options.env, limits, recycle, isolation, cgroups, clock }
  return withSlots(question, (slots) => localEngine({ ...common, slots }))
}

/** An engine with the slots that were asked for, as a number or by a strategy. */
function withSlots(question: EngineQuestion, open: (slots: number) => Engine): Engine {
  const { settings, clock } = question
  const slots = slotsFor(question)
  if (settings.slots !== 'adaptive') return open(slots)
  const cores = availableParallelism()
  return adaptiveEngine({ engine: open(4 * cores), clock, slots, readMachine: () => readMachine(cores) })
}

function slotsFor({ settings, tasks, facts, rules }: EngineQuestion): number {
  const { slots } = settings
  if (typeof slots === 'number') return slots
  const known = tasks
    .map((task) => facts[task.id]?.duration?.medianMs ?? task.expectedMs)
    .filter((ms) => ms !== undefined)
  return decideSlots(slots, readMachine(availableParallelism()), {
    tasks: tasks.length,
    expectedMs: known.length === 0 ? undefined : known.reduce((sum, ms) => sum + ms, 0),
    deadlineMs: rules.deadlineMs ?? undefined,
  })
}
