// 24 projects that share their resources: how soon all of them end, and how evenly they are treated. A project is treated
// by how long it took beside its own longest chain; Jain's index over these speeds is 1 where all are slowed down alike.
import { buildGraph, criticalPath, requireGraph } from '@muster/core/graph'
import { lookAhead, resourceCriticalPathFirst } from '@muster/scheduler'
import type { Bench, BenchContext, BenchResult } from '../bench.ts'
import { checkSchedule, type ScheduledTask } from '../scheduling/check-schedule.ts'
import { limitOf } from '../scheduling/compare-rules.ts'
import { dominantShareSchedule } from '../scheduling/dominant-share.ts'
import { Means, percentAbove } from '../scheduling/gaps.ts'
import { type MultiProjectInstance, readMultiProject } from '../scheduling/read-multi-project.ts'
import { plainRules, questionOf, type Rule, runPolicy } from '../scheduling/run-policy.ts'
import { dataFolder } from '../scheduling/scheduling-instance.ts'

export const bench: Bench = {
  name: 'multi-project',
  summary: '24 projects that share 4 resources: makespan and fairness among the projects',
  figures: {
    instances: 'sets of 24 projects',
    gap_pct: 'mean gap to the best known makespan, percent; below 0 where it is shorter than that',
    jain: "mean of Jain's index over longest chain / time taken of the projects; 1 is fair",
  },
  options: { limit: 'judge so many instances only, spread over all' },
  run: async (context) => measured(context),
}

const rules: Readonly<Record<string, Rule>> = {
  muster: lookAhead,
  ...plainRules,
  'resource critical path': resourceCriticalPathFirst,
}
const drf = 'dominant share'

async function measured(context: BenchContext): Promise<BenchResult> {
  const means = new Means()
  const instances = limitOf(context, readMultiProject(dataFolder(context, 'multi-project')))
  let shorter = 0
  for (const instance of instances) {
    const question = questionOf(instance)
    for (const [name, rule] of Object.entries(rules)) {
      const { makespan, tasks } = runPolicy(instance, question, rule(question))
      if (name === 'muster' && makespan < instance.best) shorter += 1
      means.add(name, 'gap_pct', percentAbove(makespan, instance.best))
      means.add(name, 'jain', fairnessOf(instance, tasks))
    }
    const fair = dominantShareSchedule(instance)
    const problem = checkSchedule(instance, fair)
    if (problem !== undefined)
      throw new Error(`Expected a schedule of ${instance.name} by dominant shares, got: ${problem}`)
    means.add(drf, 'gap_pct', percentAbove(Math.max(...fair.map(({ finishMs }) => finishMs)), instance.best))
    means.add(drf, 'jain', fairnessOf(instance, fair))
    context.progress(instance.name)
  }
  const peers = [...Object.keys(rules).filter((name) => name !== 'muster'), drf]
  return {
    figures: { instances: instances.length, ...means.of('muster') },
    peers: Object.fromEntries(peers.map((name) => [name, means.of(name)])),
    notes: [
      'muster is lookAhead, which looks at the makespan alone: six rehearsals, then one event-driven pass in the kernel',
      'every schedule was checked against edges and resources; no proven bounds are known for this set',
      `the best known makespans are those of a general solver: ours is shorter for ${shorter} of them`,
    ],
  }
}

function fairnessOf(instance: MultiProjectInstance, scheduled: readonly ScheduledTask[]): number {
  const graph = requireGraph(buildGraph(instance.tasks))
  const { earliestMs } = criticalPath(graph)
  const chains = new Float64Array(instance.projects)
  const taken = new Float64Array(instance.projects)
  for (const [at, task] of instance.tasks.entries()) {
    const project = instance.projectOf[at] ?? 0
    const endMs = (earliestMs[at] ?? 0) + (task.expectedMs ?? 0)
    chains[project] = Math.max(chains[project] ?? 0, endMs)
    taken[project] = Math.max(taken[project] ?? 0, scheduled[at]?.finishMs ?? 0)
  }
  const speeds = [...chains].map((chainMs, project) => chainMs / (taken[project] ?? NaN))
  const sum = speeds.reduce((total, speed) => total + speed, 0)
  return sum ** 2 / (speeds.length * speeds.reduce((total, speed) => total + speed ** 2, 0))
}
