// Projects with scarce resources (PSPLIB): the kernel under our rule in one event-driven pass, or following a plan that was
// searched for beforehand, and under the rules that everybody has.
import { lookAhead, planSchedule, resourceCriticalPathFirst } from '@muster/scheduler'
import type { Bench, BenchContext, BenchResult } from '../bench.ts'
import { wholeNumber } from '../read-number.ts'
import { compareRules, limitOf, peersOf } from '../scheduling/compare-rules.ts'
import { Means, percentAbove } from '../scheduling/gaps.ts'
import { type ProjectInstance, readPsplib } from '../scheduling/read-psplib.ts'
import { runPlan } from '../scheduling/run-plan.ts'
import { plainRules, questionOf, type Rule, runPolicy } from '../scheduling/run-policy.ts'
import { dataFolder } from '../scheduling/scheduling-instance.ts'

export const bench: Bench = {
  name: 'psplib',
  summary: 'projects with scarce resources (J30, J60, J90, J120) in the kernel, under rules or following a plan',
  figures: {
    instances: 'projects',
    j30_pct: 'mean gap to the best known, 30 activities, percent',
    j60_pct: 'the same for 60',
    j90_pct: 'the same for 90',
    j120_pct: 'the same for 120',
    cp_j60_pct: 'mean deviation from the critical path for 60 activities, as the literature gives it, percent',
    cp_j120_pct: 'the same for 120',
  },
  options: {
    plan: 'follow a plan for which so many schedules were made; without it one event-driven pass',
    limit: 'judge so many instances only, spread over all',
  },
  run: async (context) => (context.options['plan'] === undefined ? online(context) : planned(context)),
}

const rules: Readonly<Record<string, Rule>> = {
  muster: lookAhead,
  ...plainRules,
  'resource critical path': resourceCriticalPathFirst,
}
const { fifo = lookAhead, 'bottom level': bottomLevel = lookAhead } = plainRules
const beside: Readonly<Record<string, Rule>> = { fifo, 'bottom level': bottomLevel, 'look ahead': lookAhead }

const figuresOf = (set: string): readonly string[] =>
  set === 'j60' || set === 'j120' ? [`${set}_pct`, `cp_${set}_pct`] : [`${set}_pct`]

async function online(context: BenchContext): Promise<BenchResult> {
  const all = readPsplib(dataFolder(context, 'psplib'))
  const { instances, of } = compareRules({ instances: all, rules, figuresOf: gapsOf, context })
  return {
    figures: { instances, ...of('muster') },
    peers: peersOf(rules, of),
    notes: [
      'muster is lookAhead: six rehearsals before the run, then one event-driven pass in the kernel',
      'every schedule was checked against edges, resources and the proven lower bound',
    ],
  }
}

async function planned(context: BenchContext): Promise<BenchResult> {
  const passes = wholeNumber(context, 'plan', { fallback: 1000 })
  const instances = limitOf(context, readPsplib(dataFolder(context, 'psplib')))
  const means = new Means()
  let made = 0
  const beginMs = performance.now()
  for (const [at, instance] of instances.entries()) {
    const question = questionOf(instance)
    const plan = planSchedule(question, { passes, seed: context.seed })
    if (plan.passes > passes) throw new Error(`Expected at most ${passes} schedules, got ${plan.passes}`)
    made += plan.passes
    addGaps(means, 'muster', instance, runPlan(instance, question, plan))
    for (const [name, rule] of Object.entries(beside))
      addGaps(means, name, instance, runPolicy(instance, question, rule(question)).makespan)
    if ((at + 1) % 50 === 0) context.progress(`${at + 1} of ${instances.length}`)
  }
  const seconds = (performance.now() - beginMs) / 1000
  return {
    figures: { instances: instances.length, ...means.of('muster') },
    peers: Object.fromEntries(Object.keys(beside).map((name) => [name, means.of(name)])),
    notes: [
      `at most ${passes} schedules for each project, each pass from either end counted as one; ${Math.round(made / instances.length)} on average, since a plan as short as its bound ends the search; ${seconds.toFixed(0)} s in all`,
      'the figures are those of the kernel following the plan, never those of the plan itself',
      'every schedule was checked against edges, resources and the proven lower bound',
      'hybrid genetic algorithms of the literature at 1,000 and 5,000 schedules: J30 0.27 and 0.06 %, J60 11.6 and 11.1 % and J120 34.1 and 32.5 % above the critical path, on both halves together',
    ],
  }
}

function gapsOf(instance: ProjectInstance, makespan: number): Readonly<Record<string, number>> {
  const [gap = '', deviation] = figuresOf(instance.set)
  return {
    [gap]: percentAbove(makespan, instance.best),
    ...(deviation === undefined ? {} : { [deviation]: percentAbove(makespan, instance.criticalPath) }),
  }
}

function addGaps(means: Means, name: string, instance: ProjectInstance, makespan: number): void {
  for (const [figure, value] of Object.entries(gapsOf(instance, makespan))) means.add(name, figure, value)
}
