// The plan of a prepared run as plain data: the kernel's own decisions on a virtual clock, and the chain that decides.
import { availableParallelism, totalmem } from 'node:os'
import { type TaskDefinition, type TaskFacts, verdictSentence, type WorkerDefinition } from '@muster/core'
import { criticalPath, type Graph } from '@muster/core/graph'
import { expectedMakespan } from '@muster/scheduler'
import { expectedOrder, inStartOrder, type PlannedTask, type PlanView } from '../plan/plan-view.ts'
import type { Project } from './open-project.ts'
import type { Prepared } from './prepare.ts'

/** Taken for a task where no duration is known at all: only the order rests on it, and no time is shown. */
const anyMs = 1000

/** Makes the plan that people and programs are shown. */
export function makePlan(project: Project, prepared: Prepared): PlanView {
  const { plan, facts, policy, slots, strategy, found } = prepared
  const { graph } = plan
  const isKnown = plan.tasks.some((task) => expectedOf(task, facts) !== undefined)
  const estimate = expectedMakespan({
    graph,
    policy,
    workers: [
      workerFor(
        slots,
        found.runners.map(({ name }) => name),
      ),
    ],
    facts,
    ...(isKnown ? {} : { unknownMs: anyMs }),
  })
  const order = expectedOrder(estimate, verdictSentence)
  const tasks = plan.tasks.map((task): PlannedTask => ({
    id: task.id,
    kind: task.kind,
    file: task.file,
    groups: task.groups ?? [],
    dependsOn: graph.dependencies(task.id),
    expected: expectedOf(task, facts),
    startMs: order.startMs.get(task.id),
    idle: order.idle.get(task.id),
  }))
  const chain = chainOf(graph, facts, isKnown)
  return {
    version: 1,
    project: project.name,
    strategy,
    slots,
    runners: found.description,
    // Starts that rest on assumed durations alone give the order, and are no times.
    tasks: isKnown ? inStartOrder(tasks) : inStartOrder(tasks).map((task) => ({ ...task, startMs: undefined })),
    groups: [...graph.groups()].map(({ id, concurrency }) => ({ id, concurrency, tasks: graph.members(id).length })),
    dependencies: graph.edgeCount,
    times:
      estimate.kind === 'unknown' || !isKnown
        ? undefined
        : {
            makespanMs: estimate.makespanMs,
            workMs: estimate.tasks.reduce((sum, { startMs, finishMs }) => sum + finishMs - startMs, 0),
            boundMs: estimate.bound.ms,
            assumed: estimate.assumed,
          },
    criticalPath: graph.edgeCount === 0 ? undefined : chain,
    warnings: prepared.warnings,
  }
}

/** The longest chain of dependencies, and how long it is expected to take where that is known. */
export function chainOf(
  graph: Graph<TaskDefinition>,
  facts: Readonly<Record<string, TaskFacts>>,
  isKnown: boolean,
): { readonly tasks: readonly string[]; readonly ms?: number | undefined } {
  const { path, lengthMs } = criticalPath(graph, (id) => {
    const task = graph.task(id)
    return task === undefined ? 0 : (expectedOf(task, facts)?.medianMs ?? anyMs)
  })
  return { tasks: path, ms: isKnown ? lengthMs : undefined }
}

function expectedOf(
  { id, expectedMs }: TaskDefinition,
  facts: Readonly<Record<string, TaskFacts>>,
): PlannedTask['expected'] {
  const duration = facts[id]?.duration
  if (duration !== undefined) return duration
  return expectedMs === undefined
    ? undefined
    : { medianMs: expectedMs, p10Ms: expectedMs, p90Ms: expectedMs, samples: 0 }
}

/** The worker that the local engine will bring. */
function workerFor(slots: number, kinds: readonly string[]): WorkerDefinition {
  return { id: 'local', engine: 'local', kinds, capacity: { slots, cpu: availableParallelism(), memory: totalmem() } }
}
