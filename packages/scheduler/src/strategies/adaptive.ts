// Chooses a strategy for a run by what runs under each of them came to: by measured outcome, never by how often one was
// chosen. The choice is made before the run, with its reason and its odds, so that it can be judged afterwards.
import { MusterError, type Policy } from '@muster/core'
import { diceFrom } from '../plan/dice.ts'

/** How one past run under a strategy came out. */
export interface StrategyRecord {
  /** Name under which the strategy stands among the candidates. */
  readonly strategy: string
  /** What it is judged by, smaller is better: makespan over its lower bound, mean wait, seconds to the first failure. */
  readonly outcome: number
}

/** What is chosen from, and how. */
export interface AdaptiveOptions {
  /** Strategies by name; the first is the fallback where nothing is known. */
  readonly candidates: Readonly<Record<string, Policy>>
  /** Past runs, the oldest first. Names that are no candidates and outcomes that are no numbers count nothing. */
  readonly records: readonly StrategyRecord[]
  /** Share of runs that try one drawn by lot. @defaultValue `0.1` */
  readonly exploration?: number | undefined
  /** Runs after which an outcome counts half. @defaultValue `20` */
  readonly halfLife?: number | undefined
  /** Draws the lot: give every run its own, such as a hash of its name. @defaultValue `0` */
  readonly seed?: number | undefined
}

/** What was chosen, and why. */
export interface AdaptiveChoice {
  readonly name: string
  /** Under its own name, so that what a run was ordered by can be read off it. */
  readonly policy: Policy
  /** A sentence. */
  readonly because: string
  readonly isExplored: boolean
  /** The odds with which this one was chosen, 0 to 1: what a fair judgement of it needs to know. */
  readonly propensity: number
}

/**
 * The candidate with the best mean outcome, newer runs counting more; now and then another, drawn by lot.
 *
 * *When to use*: nobody knows which strategy suits, and runs are many. Measure: mean outcome over runs.
 *
 * @example
 * ```ts
 * const { policy, because } = adaptive({ candidates: { fifo: fifo(), longest: longestFirst() }, records, seed: 7 })
 * ```
 */
export function adaptive(options: AdaptiveOptions): AdaptiveChoice {
  const { candidates, records, exploration = 0.1, halfLife = 20, seed = 0 } = options
  const names = Object.keys(candidates)
  const [fallback] = names
  if (fallback === undefined) throw invalid('at least one candidate', 'none')
  if (!(exploration >= 0 && exploration <= 1)) throw invalid('exploration from 0 to 1', String(exploration))
  if (!(halfLife > 0)) throw invalid('halfLife above 0', String(halfLife))
  const means = meanOutcomes(records, halfLife)
  const known = names.flatMap((name) => {
    const of = means.get(name)
    return of === undefined ? [] : [{ name, ...of }]
  })
  const best = known.reduce(
    (least, each) => (each.mean < least.mean ? each : least),
    known[0] ?? { name: fallback, mean: 0, runs: 0 },
  )
  const dice = diceFrom(seed)
  const isExplored = dice() < exploration
  const name = isExplored ? (names[Math.floor(dice() * names.length)] ?? fallback) : best.name
  const because = isExplored
    ? `${name} was drawn by lot, as one run in ${Math.round(1 / exploration)} is; the best known is ${best.name}.`
    : best.runs === 0
      ? `${name} is the fallback: no past run was measured.`
      : `${name} came to ${best.mean.toPrecision(3)} on average of ${best.runs} runs, the least of ${known.length} measured.`
  return {
    name,
    policy: candidates[name] ?? unreachable(name),
    because,
    isExplored,
    propensity: exploration / names.length + (name === best.name ? 1 - exploration : 0),
  }
}

function meanOutcomes(
  records: readonly StrategyRecord[],
  halfLife: number,
): ReadonlyMap<string, { readonly mean: number; readonly runs: number }> {
  const sums = new Map<string, { outcome: number; weight: number; runs: number }>()
  for (const [at, { strategy, outcome }] of records.entries()) {
    if (!Number.isFinite(outcome)) continue
    const weight = 0.5 ** ((records.length - 1 - at) / halfLife)
    const own = sums.get(strategy) ?? { outcome: 0, weight: 0, runs: 0 }
    own.outcome += weight * outcome
    own.weight += weight
    own.runs++
    sums.set(strategy, own)
  }
  // What is so old that it weighs nothing says nothing.
  return new Map(
    [...sums].flatMap(([name, { outcome, weight, runs }]) =>
      weight > 0 ? [[name, { mean: outcome / weight, runs }]] : [],
    ),
  )
}

function unreachable(name: string): never {
  throw invalid('a candidate for every name', name)
}

function invalid(expected: string, got: string): MusterError {
  return new MusterError('OPTIONS_INVALID', { expected, got })
}
