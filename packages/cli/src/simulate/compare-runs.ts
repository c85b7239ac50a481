// Past runs under each strategy, summed up: which would have been the shortest, and by how much.
import { countText } from '../terminal/count-text.ts'
import { formatDuration } from '../terminal/format-time.ts'
import { renderTable } from '../tables/render-table.ts'

/** One past run, as it went and as it would have gone. */
export interface ComparedRun {
  readonly run: string
  /** From its first start to its last end, in milliseconds. */
  readonly thenMs: number
  /** The same under each strategy, by name. */
  readonly makespansMs: Readonly<Record<string, number>>
  /** Share of attempts whose outcome or time is not recorded but assumed, 0 to 1. */
  readonly imputed: number
}

/** One strategy over all runs. */
export interface StrategyTotal {
  readonly strategy: string
  /** All makespans together, in milliseconds. */
  readonly totalMs: number
  /** Against what the runs took, -0.1 is a tenth less. */
  readonly change: number
  /** Runs that would have been the longest under it of all strategies, and the shortest; ties count for each. */
  readonly longest: number
  readonly shortest: number
}

/** All strategies over all runs. */
export interface RunComparison {
  readonly thenMs: number
  /** The one that takes least first. */
  readonly totals: readonly StrategyTotal[]
  /** Mean share of attempts that are not recorded but assumed, 0 to 1. */
  readonly imputed: number
}

/** Milliseconds within which two schedules are as long as each other: what is recorded is no more exact. */
const sameMs = 1

/** Sums up runs by strategy. */
export function compareRuns(runs: readonly ComparedRun[], strategies: readonly string[]): RunComparison {
  const thenMs = runs.reduce((sum, run) => sum + run.thenMs, 0)
  const totals = strategies.map((strategy) => {
    let totalMs = 0
    let longest = 0
    let shortest = 0
    for (const { makespansMs } of runs) {
      const all = Object.values(makespansMs)
      const own = makespansMs[strategy] ?? 0
      totalMs += own
      if (own >= Math.max(...all) - sameMs) longest++
      if (own <= Math.min(...all) + sameMs) shortest++
    }
    return { strategy, totalMs, change: thenMs === 0 ? 0 : totalMs / thenMs - 1, longest, shortest }
  })
  const order = new Map(strategies.map((strategy, at) => [strategy, at]))
  return {
    thenMs,
    totals: totals.toSorted(
      (a, b) => a.totalMs - b.totalMs || (order.get(a.strategy) ?? 0) - (order.get(b.strategy) ?? 0),
    ),
    imputed: runs.length === 0 ? 0 : runs.reduce((sum, run) => sum + run.imputed, 0) / runs.length,
  }
}

const barWidth = 30

/** The comparison as lines of text: a table with a bar for each strategy, and what follows from it. */
export function linesOfComparison(
  { thenMs, totals, imputed }: RunComparison,
  about: { readonly days: number; readonly runs: number; readonly more: number; readonly slots: number | undefined },
): readonly string[] {
  const { days, runs, more, slots } = about
  const widest = Math.max(1, thenMs, ...totals.map(({ totalMs }) => totalMs))
  const bar = (ms: number): string => '█'.repeat(Math.round((barWidth * ms) / widest))
  const rows = [
    ['as they ran', formatDuration(thenMs), '', '', bar(thenMs)],
    ...totals.map(({ strategy, totalMs, change, shortest }) => [
      strategy,
      formatDuration(totalMs),
      percent(change),
      `${String(shortest)} of ${String(runs)}`,
      bar(totalMs),
    ]),
  ]
  const workers = slots === undefined ? 'on the workers that they had' : `with ${countText(slots, 'slot')} a worker`
  const [best] = totals
  const saved = best === undefined ? 0 : thenMs - best.totalMs
  return [
    `${countText(runs, 'run')} of the last ${countText(days, 'day')}, decided anew ${workers}:`,
    '',
    ...renderTable(
      [
        { title: 'strategy' },
        { title: 'in all', align: 'right' },
        { title: 'change', align: 'right' },
        { title: 'shortest in', align: 'right', leaves: 2 },
        { title: '', leaves: 1 },
      ],
      rows,
      Infinity,
    ),
    '',
    best === undefined || saved < 1
      ? 'No strategy would have been faster than what was done.'
      : `${best.strategy} would have saved ${formatDuration(saved)} (${percent(saved / Math.max(1, thenMs)).replace(/^\+/, '')}).`,
    ...(imputed === 0 ? [] : [`${percent(imputed).replace(/^\+/, '')} of all attempts are not recorded but assumed.`]),
    ...(more > 0 ? [`${countText(more, 'older run')} left out; --limit takes more.`] : []),
  ]
}

function percent(share: number): string {
  const rounded = Math.round(1000 * share) / 10
  return `${rounded > 0 ? '+' : ''}${rounded.toFixed(1)} %`
}
