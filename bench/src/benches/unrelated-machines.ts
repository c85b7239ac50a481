// Independent jobs on machines that each take a time of their own for each job: greedy plans and searched ones, both carried
// out by the kernel.
import type { Policy } from '@muster/core'
import { fifo, type PlanQuestion, planSchedule, sufferagePlan } from '@muster/scheduler'
import type { Bench, BenchContext, BenchResult } from '../bench.ts'
import { wholeNumber } from '../read-number.ts'
import { limitOf } from '../scheduling/compare-rules.ts'
import { Means, percentAbove } from '../scheduling/gaps.ts'
import { readUnrelatedMachines } from '../scheduling/read-unrelated-machines.ts'
import { runPlan } from '../scheduling/run-plan.ts'
import { questionOf, runPolicy } from '../scheduling/run-policy.ts'
import { dataFolder, type SchedulingInstance } from '../scheduling/scheduling-instance.ts'

export const bench: Bench = {
  name: 'unrelated-machines',
  summary: 'independent jobs on unrelated machines: greedy and searched plans, carried out by the kernel',
  figures: {
    instances: 'sets of jobs and machines',
    greedy_pct: 'mean gap to the best known of a plan made in one go, percent',
    planned_pct: 'the same for a searched plan',
  },
  options: {
    plan: 'assignments that a search may work out; 1,000 unless given',
    limit: 'judge so many instances only, spread over all',
  },
  run: async (context) => measured(context),
}

/** Who is free takes the next in line, wherever that is quickest. */
const quickestFree = 'quickest free machine'

async function measured(context: BenchContext): Promise<BenchResult> {
  const passes = wholeNumber(context, 'plan', { fallback: 1000 })
  const instances = limitOf(context, readUnrelatedMachines(dataFolder(context, 'unrelated-machines')))
  const means = new Means()
  const beginMs = performance.now()
  for (const instance of instances) {
    const question = questionOf(instance)
    const add = (name: string, figure: string, makespan: number): void => {
      means.add(name, figure, percentAbove(makespan, instance.best))
    }
    add('muster', 'greedy_pct', runPlan(instance, question, sufferagePlan(question)))
    add('muster', 'planned_pct', runPlan(instance, question, planSchedule(question, { passes, seed: context.seed })))
    add('fifo', 'greedy_pct', runPolicy(instance, question, fifo()).makespan)
    add(quickestFree, 'greedy_pct', runPolicy(instance, question, toQuickest(instance, question)).makespan)
    for (const [name, rule] of Object.entries(mappings)) add(name, 'greedy_pct', rule(instance))
    context.progress(instance.name)
  }
  const peers = ['fifo', quickestFree, ...Object.keys(mappings)]
  return {
    figures: { instances: instances.length, ...means.of('muster') },
    peers: Object.fromEntries(peers.map((name) => [name, means.of(name)])),
    notes: [
      `greedy is sufferagePlan; planned is planSchedule with at most ${passes} assignments worked out, each down to where no move helps; ${((performance.now() - beginMs) / 1000).toFixed(0)} s in all`,
      'every schedule of ours, of fifo and of the quickest free machine was made by the kernel and checked; the mappings of the literature are reckoned by load',
    ],
  }
}

function toQuickest(instance: SchedulingInstance, { workers }: PlanQuestion): Policy {
  const rows = new Map(instance.tasks.map(({ id }, at) => [id, at]))
  const places = new Map(workers.map(({ id }, at) => [id, at]))
  return {
    name: 'quickest-free',
    key: ({ order }) => order,
    score: ({ definition }, worker) => {
      const row = rows.get(definition.id) ?? 0
      return 100 / (1 + (instance.durationMs?.(row, places.get(worker.definition.id) ?? 0) ?? 0))
    },
  }
}

/** Loads after each job went to where it ends first, the next job chosen by how soon that is and what the second best is. */
const mappings: Readonly<Record<string, (instance: SchedulingInstance) => number>> = {
  'first come': (instance) => mapped(instance, () => 0),
  'min-min': (instance) => mapped(instance, ([first]) => -first),
  sufferage: (instance) => mapped(instance, ([first, second]) => second - first),
}

function mapped(
  { tasks, workers, durationMs }: SchedulingInstance,
  urgency: (ends: readonly [number, number]) => number,
): number {
  const loads = workers.map(() => 0)
  const left = new Set(tasks.keys())
  while (left.size > 0) {
    let chosen:
      { readonly job: number; readonly machine: number; readonly end: number; readonly by: number } | undefined
    for (const job of left) {
      const ends = loads.map((load, machine) => load + (durationMs?.(job, machine) ?? NaN))
      const end = Math.min(...ends)
      const machine = ends.indexOf(end)
      const by = urgency([end, Math.min(...ends.filter((_, at) => at !== machine))])
      if (chosen === undefined || by > chosen.by) chosen = { job, machine, end, by }
    }
    if (chosen === undefined) break
    left.delete(chosen.job)
    loads[chosen.machine] = chosen.end
  }
  return Math.max(...loads)
}
