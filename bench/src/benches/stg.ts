// The Standard Task Graphs on 2, 4, 8 and 16 equal processors, whose optima are all known: the kernel under our rule and,
// beside it, under the rules that everybody has.
import { lookAhead, resourceCriticalPathFirst } from '@muster/scheduler'
import type { Bench, BenchContext, BenchResult } from '../bench.ts'
import { compareRules, peersOf } from '../scheduling/compare-rules.ts'
import { percentAbove } from '../scheduling/gaps.ts'
import { readStg } from '../scheduling/read-stg.ts'
import { plainRules, type Rule } from '../scheduling/run-policy.ts'
import { dataFolder } from '../scheduling/scheduling-instance.ts'

export const bench: Bench = {
  name: 'stg',
  summary: 'Standard Task Graphs on 2, 4, 8 and 16 processors, under list rules, in the kernel',
  figures: {
    instances: 'graphs times numbers of processors',
    gap50_pct: 'mean gap to the optimum, graphs of 50 tasks, percent',
    gap100_pct: 'the same for 100 tasks',
  },
  options: { limit: 'judge so many instances only, spread over all' },
  run: async (context) => measured(context),
}

const rules: Readonly<Record<string, Rule>> = {
  muster: lookAhead,
  ...plainRules,
  'resource critical path': resourceCriticalPathFirst,
}

async function measured(context: BenchContext): Promise<BenchResult> {
  const all = readStg(dataFolder(context, 'stg'))
  const { instances, of } = compareRules({
    instances: all,
    rules,
    figuresOf: ({ size, best }, makespan) => ({ [`gap${size}_pct`]: percentAbove(makespan, best) }),
    context,
  })
  return {
    figures: { instances, ...of('muster') },
    peers: peersOf(rules, of),
    notes: [
      'muster is lookAhead: six rehearsals before the run, then one event-driven pass in the kernel',
      'every schedule was checked against edges, slots and the optimum',
    ],
  }
}
