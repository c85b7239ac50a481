// What a run will consist of: discovered or given, selected, and checked as a whole before anything runs.
import pLimit from 'p-limit'
import { buildGraph, extendGraph, type GraphResult, requireGraph } from '../graph/build-graph.ts'
import { criticalPath } from '../graph/critical-path.ts'
import { OPTIONAL } from '../graph/edge-kind.ts'
import { formatProblems } from '../graph/format-problems.ts'
import type { Graph } from '../graph/graph.ts'
import { ranksOf } from '../graph/ranks-of.ts'
import { select } from '../graph/select.ts'
import type { TaskFacts } from '../model/facts.ts'
import type { GroupDefinition, TaskDefinition } from '../model/task.ts'
import type { Clock } from '../ports/clock.ts'
import type { Policy } from '../ports/policy.ts'
import type { Discovery, Runner } from '../ports/runner.ts'
import { checkTasks } from '../run/check-tasks.ts'
import type { GraphFacts } from '../run/graph-facts.ts'
import { asDependency } from '../run/task-table.ts'
import { checkKinds } from './check-kinds.ts'
import { discoverTasks } from './discover-tasks.ts'
import type { RunRequest } from './orchestrator-options.ts'
import type { Plan } from './plan.ts'
import type { TaskBatch } from './task-batch.ts'

/** What a plan is made from. */
export interface PlanQuestion {
  readonly request: RunRequest
  readonly runners: readonly Runner[]
  readonly root: string
  readonly policy: Policy
  /** Aborts discovery. */
  readonly signal: AbortSignal
  readonly clock: Clock
  /** How long a runner may look for its tests, in milliseconds. */
  readonly discoveryTimeoutMs: number
  /** Told what takes long. @defaultValue nobody is told */
  readonly note?: ((text: string) => void) | undefined
}

/** Expected duration of a task of which nothing is known, in milliseconds: only orders and pictures rest on it. */
const unknownMs = 1000

/** Discovers, selects and checks. Throws `GRAPH_INVALID` with every problem at once. */
export async function planTasks(question: PlanQuestion): Promise<Plan> {
  const { request, policy } = question
  if (request.plan !== undefined) return request.plan
  const found = await find(question)
  const isOpen = request.keepOpen ?? false
  const whole = read(found.tasks, found.groups, isOpen)
  const isAll = request.select === undefined || request.select.length === 0
  const tasks = isAll ? found.tasks : narrow(found.tasks, new Set(select(whole.graph, request.select)))
  const { graph, warnings } = isAll ? whole : read(tasks, found.groups, true)
  return {
    tasks,
    groups: found.groups,
    graph,
    warnings: [...found.warnings, ...warnings],
    facts: {},
    graphFacts: (facts) => graphFacts(graph, policy, facts),
  }
}

function read(
  tasks: readonly TaskDefinition[],
  groups: readonly GroupDefinition[],
  isOpen: boolean,
): { readonly graph: Graph<TaskDefinition>; readonly warnings: readonly string[] } {
  const result = withTaskProblems(buildGraph(tasks, { groups, isOpen }), tasks)
  const warnings =
    result.kind === 'valid' && result.warnings.length > 0 ? formatProblems(result.warnings).split('\n') : []
  return { graph: requireGraph(result), warnings }
}

/** Everything that is wrong with the tasks, whether the graph minds it or the run, is told at once. */
function withTaskProblems(
  result: GraphResult<TaskDefinition>,
  tasks: readonly TaskDefinition[],
): GraphResult<TaskDefinition> {
  const problems = checkTasks(tasks)
  if (problems.length === 0) return result
  return { kind: 'invalid', problems: result.kind === 'invalid' ? [...result.problems, ...problems] : problems }
}

async function find(question: PlanQuestion): Promise<{
  readonly tasks: readonly TaskDefinition[]
  readonly groups: readonly GroupDefinition[]
  readonly warnings: readonly string[]
}> {
  const { request, runners, root } = question
  if (request.tasks !== undefined) return { tasks: request.tasks, groups: request.groups ?? [], warnings: [] }
  const limit = pLimit(4)
  const discoveries: readonly Discovery[] = await Promise.all(
    runners.map((runner) => limit(() => discoverTasks(runner, { ...question, root }))),
  )
  return {
    tasks: discoveries.flatMap((discovery) => discovery.tasks),
    groups: [...discoveries.flatMap((discovery) => discovery.groups ?? []), ...(request.groups ?? [])],
    warnings: discoveries.flatMap((discovery) => discovery.warnings ?? []),
  }
}

/** The chosen tasks; dependencies on what was left out are taken as met, since somebody chose so. */
function narrow(tasks: readonly TaskDefinition[], chosen: ReadonlySet<string>): readonly TaskDefinition[] {
  const kept = tasks.filter((task) => chosen.has(task.id))
  const targets = new Set(kept.flatMap((task) => [task.id, ...(task.groups ?? [])]))
  return kept.map((task) => {
    const { dependsOn } = task
    if (dependsOn === undefined || dependsOn.every((given) => targets.has(asDependency(given).on))) return task
    return { ...task, dependsOn: dependsOn.filter((given) => targets.has(asDependency(given).on)) }
  })
}

/** What a policy reads of a graph, by the position of the task. */
export function graphFacts(
  graph: Graph<TaskDefinition>,
  policy: Policy,
  facts: Readonly<Record<string, TaskFacts>>,
): GraphFacts {
  const wantsPath = policy.reads?.includes('criticalPath') === true
  const durationMs = (id: string): number => facts[id]?.duration?.medianMs ?? graph.task(id)?.expectedMs ?? unknownMs
  return {
    order: hasOptional(graph) ? ranksOf(graph.orderedHandles) : undefined,
    criticalPathMs: wantsPath ? criticalPath(graph, durationMs).tailMs : undefined,
    resolved: {
      taskCount: graph.taskCount,
      edges: graph.edges,
      isGroup: (handle) => graph.isGroup(handle),
      id: (handle) => graph.id(handle),
      taskAt: (handle) => graph.taskAt(handle),
    },
  }
}

/** Checks additions to a run that goes on; throws `GRAPH_INVALID` or `EXECUTOR_UNKNOWN`. Returns the graph with them. */
export function checkAdditions(
  graph: Graph<TaskDefinition>,
  batch: TaskBatch,
  kinds: ReadonlySet<string> | undefined,
): Graph<TaskDefinition> {
  // What is no task at all has no kind either, so that is told first.
  const extended = requireGraph(
    withTaskProblems(extendGraph(graph, batch.tasks, { groups: batch.groups }), batch.tasks),
    'Correct every problem listed and add the batch again; nothing of it was added, and the run goes on.',
  )
  checkKinds(batch.tasks, kinds)
  return extended
}

function hasOptional(graph: Graph<TaskDefinition>): boolean {
  const { count, kind } = graph.edges
  for (let edge = 0; edge < count; edge++) if (kind[edge] === OPTIONAL) return true
  return false
}
