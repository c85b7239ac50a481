// Real suites run by what was known of them at an earlier date: every earlier version is a history, every later one a run. What
// a run takes is compared with what nothing can beat and with the plain order of the table, each file given to whoever is free.
import type { Policy, TaskFacts } from '@muster/core'
import { fifo, hedgedLongestFirst, longestFirst, simulateSchedule } from '@muster/scheduler'
import type { Bench, BenchContext, BenchResult, Figures } from '../bench.ts'
import { type DurationSuite, type DurationVersion, readCiDurations } from '../scheduling/read-ci-durations.ts'
import { dataFolder } from '../scheduling/scheduling-instance.ts'

export const bench: Bench = {
  name: 'suites',
  summary: 'real test suites ordered by an earlier version of their durations, in the kernel',
  figures: {
    pairs_fresh: 'histories at most 60 days old, each with a run',
    fresh_worst: 'longest run / the larger of total / workers and the longest file, over 4, 8, 16 and 32 workers',
    fresh_mean: 'mean of the same',
    pairs_stale: 'histories five versions back or over a year old',
    stale_worst_vs_fifo: 'longest run / the run in the order of the table; 1 is as good as knowing nothing',
    stale_mean_vs_fifo: 'mean of the same',
  },
  run: async (context) => measured(context),
}

const day = 24 * 3_600_000
const workerCounts = [4, 8, 16, 32]

interface Pair {
  readonly history: DurationVersion
  readonly run: DurationVersion
  readonly isFresh: boolean
  readonly isStale: boolean
}

interface Known {
  readonly tasks: readonly { readonly id: string; readonly kind: string }[]
  readonly facts: Readonly<Record<string, TaskFacts>>
  readonly nowWallMs: number
}

const rules: Readonly<Record<string, (known: Known) => Policy>> = {
  muster: hedgedLongestFirst,
  fifo: () => fifo(),
  'longest first': () => longestFirst(),
}

async function measured(context: BenchContext): Promise<BenchResult> {
  const ratios = new Ratios()
  const pairs = readCiDurations(dataFolder(context, 'ci-durations')).flatMap((suite) => {
    context.progress(suite.name)
    return pairsOf(suite)
  })
  for (const pair of pairs) judge(pair, ratios)
  const count = { fresh: pairs.filter(({ isFresh }) => isFresh), stale: pairs.filter(({ isStale }) => isStale) }
  return {
    figures: { pairs_fresh: count.fresh.length, pairs_stale: count.stale.length, ...ratios.of('muster') },
    peers: Object.fromEntries(['fifo', 'longest first'].map((name) => [name, ratios.of(name)])),
    notes: [
      'muster is hedgedLongestFirst with the newest version of the history; a file is what is run as one, nothing is lost between two',
      'where the history is over 180 days old muster keeps to the order of the table, so there it is as good as that and no better',
    ],
  }
}

function pairsOf({ versions }: DurationSuite): readonly Pair[] {
  return versions.flatMap((run, at) =>
    versions.slice(0, at).flatMap((history, from) => {
      const ageMs = run.atWallMs - history.atWallMs
      const isFresh = ageMs <= 60 * day
      const isStale = at - from >= 5 || ageMs > 365 * day
      return isFresh || isStale ? [{ history, run, isFresh, isStale }] : []
    }),
  )
}

function judge({ history, run, isFresh, isStale }: Pair, ratios: Ratios): void {
  const tasks = [...run.files.keys()].map((id) => ({ id, kind: 'file' }))
  const facts: Record<string, TaskFacts> = {}
  for (const [id, ms] of history.files)
    if (run.files.has(id))
      facts[id] = { duration: { medianMs: ms, p10Ms: ms, p90Ms: ms, samples: 1, measuredAtWallMs: history.atWallMs } }
  const lengths = [...run.files.values()]
  const totalMs = lengths.reduce((sum, ms) => sum + ms, 0)
  const longestMs = lengths.reduce((longest, ms) => Math.max(longest, ms), 0)
  const durationMs = ({ id }: { readonly id: string }): number => run.files.get(id) ?? NaN
  for (const count of workerCounts) {
    const workers = [{ id: 'here', engine: 'none', kinds: ['file'], capacity: { slots: count } }]
    const makespanOf = (policy: Policy): number =>
      simulateSchedule({ workload: { tasks, workers, facts, durationMs }, policy }).makespanMs
    const plainMs = makespanOf(fifo())
    for (const [name, rule] of Object.entries(rules)) {
      const ms = name === 'fifo' ? plainMs : makespanOf(rule({ tasks, facts, nowWallMs: run.atWallMs }))
      if (isFresh) ratios.add(name, 'fresh', ms / Math.max(totalMs / count, longestMs))
      if (isStale) ratios.add(name, 'stale', ms / plainMs)
    }
  }
}

class Ratios {
  readonly #of = new Map<string, number[]>()

  add(rule: string, set: 'fresh' | 'stale', ratio: number): void {
    const key = `${rule} ${set}`
    const known = this.#of.get(key)
    if (known === undefined) this.#of.set(key, [ratio])
    else known.push(ratio)
  }

  of(rule: string): Figures {
    const fresh = this.#of.get(`${rule} fresh`) ?? []
    const stale = this.#of.get(`${rule} stale`) ?? []
    return {
      ...(fresh.length === 0 ? {} : { fresh_worst: rounded(Math.max(...fresh)), fresh_mean: rounded(mean(fresh)) }),
      ...(stale.length === 0
        ? {}
        : { stale_worst_vs_fifo: rounded(Math.max(...stale)), stale_mean_vs_fifo: rounded(mean(stale)) }),
    }
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function rounded(value: number): number {
  return Math.round(1000 * value) / 1000
}
