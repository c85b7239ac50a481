// Projects with scarce resources (PSPLIB): the kernel under our rule in one event-driven pass, and under the rules that
// everybody has.
import { lookAhead, resourceCriticalPathFirst } from '@muster/scheduler'
import type { Bench, BenchContext, BenchResult } from '../bench.ts'
import { compareRules, peersOf } from '../scheduling/compare-rules.ts'
import { readPsplib } from '../scheduling/read-psplib.ts'
import { plainRules, type Rule } from '../scheduling/run-policy.ts'
import { dataFolder } from '../scheduling/scheduling-instance.ts'

export const bench: Bench = {
  name: 'psplib',
  summary: 'projects with scarce resources (J30, J60, J90, J120) in the kernel, under rules',
  figures: {
    instances: 'projects',
    j30_pct: 'mean gap to the best known, 30 activities, percent',
    j60_pct: 'the same for 60',
    j90_pct: 'the same for 90',
    j120_pct: 'the same for 120',
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
  const all = readPsplib(dataFolder(context, 'psplib'))
  const { instances, of } = compareRules({ instances: all, rules, figureOf: ({ set }) => `${set}_pct`, context })
  return {
    figures: { instances, ...of('muster') },
    peers: peersOf(rules, of),
    notes: [
      'muster is lookAhead: six rehearsals before the run, then one event-driven pass in the kernel',
      'every schedule was checked against edges, resources and the proven lower bound',
    ],
  }
}
