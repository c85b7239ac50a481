// The plan of a prepared run as plain data: the kernel's own decisions on a virtual clock, and the chain that decides.
import { availableParallelism, totalmem } from 'node:os'
import { type TaskDefinition, type TaskFacts, verdictSentence, type WorkerDefinition } from '@muster/core'
import { criticalPath, type Graph } from '@muster/core/graph'
import { expectedMakespan } from '@muster/scheduler'
import { expectedOrder, inStartOrder, type PlannedTask, type PlanView } from '../plan/plan-view.ts'
import { expectedOf, usualDuration } from '../plan/usual-duration.ts'
import type { Project } from './open-project.ts'
import type { Prepared } from './prepare.ts'

/** Makes the plan that people and programs are shown. */
export function makePlan(project: Project, prepared: Prepared): PlanView {
  const { plan, facts, policy, slots, strategy, found } = prepared
  const { graph } = plan
  const { ms: unknownMs, isKnown } = usualDuration(plan.tasks, facts)
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
    unknownMs,
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
  const chain = chainOf(graph, facts)
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
            assumedMs: unknownMs,
          },
    criticalPath: graph.edgeCount === 0 ? undefined : chain,
    warnings: prepared.warnings,
  }
}

/** The longest chain of dependencies, and how long it is expected to take where any duration is known. */
export function chainOf(
  graph: Graph<TaskDefinition>,
  facts: Readonly<Record<string, TaskFacts>>,
): { readonly tasks: readonly string[]; readonly ms?: number | undefined } {
  const usual = usualDuration([...graph.tasks()], facts)
  const { path, lengthMs } = criticalPath(graph, (id) => {
    const task = graph.task(id)
    return task === undefined ? 0 : (expectedOf(task, facts)?.medianMs ?? usual.ms)
  })
  return { tasks: path, ms: usual.isKnown ? lengthMs : undefined }
}

/** The worker that the local engine will bring. */
function workerFor(slots: number, kinds: readonly string[]): WorkerDefinition {
  return { id: 'local', engine: 'local', kinds, capacity: { slots, cpu: availableParallelism(), memory: totalmem() } }
}
