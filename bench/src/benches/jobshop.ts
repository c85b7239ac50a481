// Job shops under dispatching rules in the kernel. Most work remaining is the rule to beat: in a job shop it is the longest
// chain first, since a job is a chain.
import { lookAhead, resourceCriticalPathFirst } from '@muster/scheduler'
import type { Bench, BenchContext, BenchResult } from '../bench.ts'
import { compareRules, peersOf } from '../scheduling/compare-rules.ts'
import { percentAbove } from '../scheduling/gaps.ts'
import { readJobshop } from '../scheduling/read-jobshop.ts'
import { plainRules, type Rule } from '../scheduling/run-policy.ts'
import { dataFolder } from '../scheduling/scheduling-instance.ts'

export const bench: Bench = {
  name: 'jobshop',
  summary: 'job shops (FT, LA, ABZ, ORB, SWV, YN, TA) under dispatching rules, in the kernel',
  figures: { instances: 'shops', gap_pct: 'mean gap to the best known, percent' },
  options: { limit: 'judge so many instances only, spread over all' },
  run: async (context) => measured(context),
}

const { 'bottom level': mostWorkRemaining = lookAhead, ...otherRules } = plainRules
const rules: Readonly<Record<string, Rule>> = {
  muster: lookAhead,
  ...otherRules,
  'most work remaining': mostWorkRemaining,
  'resource critical path': resourceCriticalPathFirst,
}

async function measured(context: BenchContext): Promise<BenchResult> {
  const all = readJobshop(dataFolder(context, 'jobshop'))
  const { instances, of } = compareRules({
    instances: all,
    rules,
    figuresOf: ({ best }, makespan) => ({ gap_pct: percentAbove(makespan, best) }),
    context,
  })
  return {
    figures: { instances, ...of('muster') },
    peers: peersOf(rules, of),
    notes: [
      'muster is lookAhead: six rehearsals before the run, then one event-driven pass in the kernel',
      'every schedule was checked against the order of jobs, the machines and the proven lower bound',
    ],
  }
}
