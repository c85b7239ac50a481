// Which strategy to use after a failure. What is wanted is the least time until the failure is over: a use takes `ms` and helps
// with probability p, so by repeating it one waits ms / p. Strategies are drawn by Thompson sampling (W. R. Thompson, 1933; on
// costs: Xia et al., "Thompson Sampling for Budgeted Multi-armed Bandits", IJCAI 2015) over a sliding window (Trovò et al.,
// "Sliding-Window Thompson Sampling for Non-Stationary Settings", JAIR 68, 2020). Exploration is bounded, levels are climbed one
// at a time, and what never helps is retired: a run is no laboratory.
import type { FailureCategory } from '../model/failure.ts'
import { estimateRecovery, type RecoveryEstimate } from './estimate-recovery.ts'
import { type RecoveryRecord, situationKey } from './recovery-record.ts'
import type { RecoveryStrategy } from './recovery-strategy.ts'
import type { RecoveryLevel, RecoveryReason } from './recovery-words.ts'
import { type Roll, sampleBeta } from './sample-beta.ts'

/** What the choice rests on. */
export interface RecoveryQuestion {
  readonly category: FailureCategory
  readonly workerClass: string
  readonly runner: string
  /** Strategies that were used after this failure and did not help, in their order. */
  readonly tried: readonly string[]
  readonly strategies: readonly RecoveryStrategy[]
  /** Everything that is known, by {@link situationKey}. */
  readonly records: ReadonlyMap<string, RecoveryRecord>
  readonly nowWallMs: number
  readonly roll: Roll
}

/** The answer. */
export type RecoveryChoice =
  | {
      readonly kind: 'recover'
      readonly strategy: RecoveryStrategy
      readonly because: RecoveryReason
      /** How often it is expected to help, 0 to 1, and what one use is expected to take, in milliseconds. */
      readonly expected: number
      readonly expectedMs: number
      readonly level: RecoveryLevel
    }
  /** Nothing is left that could help. */
  | { readonly kind: 'give-up'; readonly because: 'nothing-fits' | 'all-retired' }

/** Uses without any help from which on a strategy may be retired, and is where nothing else helps either. Old uses fade. */
const retiredAfter = 10
const hopelessAfter = 30
/** Uses that are known of a situation for each level that it may climb. */
const usesALevel = 4
/** Of the draws that would look further, the share that may once the best is well known. */
const exploredShare = 0.4
/** Samples of the best strategy from which on a situation counts as known. */
const knownFrom = 30

interface Candidate {
  readonly strategy: RecoveryStrategy
  readonly estimate: RecoveryEstimate
  readonly rate: number
  /** Expected milliseconds until it has helped, by what is known. */
  readonly costMs: number
  /** It is known to have helped: here, or where it was never used here, anywhere after such failures. */
  readonly hasHelped: boolean
}

/** Chooses, or says that nothing is left. */
export function chooseRecovery(question: RecoveryQuestion): RecoveryChoice {
  const { strategies, category, tried, roll } = question
  const fitting = strategies.filter(
    ({ categories, effect }) => effect.kind !== 'skip' && (categories === undefined || categories.includes(category)),
  )
  if (fitting.length === 0) return { kind: 'give-up', because: 'nothing-fits' }
  const all = candidatesOf(question, fitting)
  const leastMs = Math.min(...all.filter(({ estimate }) => estimate.helpedHere > 0).map(({ costMs }) => costMs))
  const able = all.filter((candidate) => !isRetired(candidate, leastMs))
  const open = able.filter(({ strategy }) => strategy.level <= openLevel(able, tried))
  const [best] = [...open].sort(byCost)
  if (best === undefined) return { kind: 'give-up', because: 'all-retired' }
  if (open.every(({ estimate }) => estimate.samples === 0))
    return chosen([...open].sort(byLevel)[0] ?? best, 'least-disturbing')
  const drawn = draw(open, roll)
  // What has never helped is the best of nothing: it is tried to see whether it does.
  if (!best.hasHelped) return chosen(drawn ?? best, 'explored')
  if (drawn === best || drawn === undefined) return chosen(best, 'best-known')
  // Once the best is well known, looking further is rationed.
  return best.estimate.samples < knownFrom || roll() < exploredShare
    ? chosen(drawn, 'explored')
    : chosen(best, 'best-known')
}

function candidatesOf(question: RecoveryQuestion, fitting: readonly RecoveryStrategy[]): readonly Candidate[] {
  const { category, workerClass, runner, records, tried, nowWallMs } = question
  const here = new Map(
    fitting.map(({ name }) => [name, records.get(situationKey({ category, strategy: name, workerClass, runner }))]),
  )
  const all = [...here.values()].flatMap((record) => record?.samples ?? [])
  const usualMs = all.length === 0 ? undefined : all.reduce((sum, [, , ms]) => sum + ms, 0) / all.length
  return fitting.map((strategy): Candidate => {
    const anywhere = [...records.values()].filter(
      (record) => record.category === category && record.strategy === strategy.name,
    )
    const own = here.get(strategy.name)
    const hasHelped = (own === undefined ? anywhere : [own]).some(({ helped }) => helped > 0)
    const evidence = { here: own, anywhere, usualMs }
    const estimate = estimateRecovery(strategy, evidence, nowWallMs, tried.includes(strategy.name))
    const rate = estimate.helped / (estimate.helped + estimate.failed)
    return { strategy, estimate, rate, costMs: estimate.ms / Math.max(rate, 1e-6), hasHelped }
  })
}

/**
 * The highest level that may be used. A situation climbs one level for each strategy that did not help after this failure, and
 * one for every few uses that are known of it, since a higher level may be the quicker way; which of the open levels is used is
 * a matter of what helps, so it comes down as soon as a lower one does.
 */
function openLevel(able: readonly Candidate[], tried: readonly string[]): number {
  const levels = [...new Set(able.map(({ strategy }) => strategy.level))].sort((a, b) => a - b)
  const uses = able.reduce((sum, { estimate }) => sum + estimate.samples, 0)
  return levels[Math.min(levels.length - 1, Math.max(tried.length, Math.floor(uses / usesALevel)))] ?? 5
}

/**
 * By the rule of three a strategy that never helped in n uses helps in less than one of n / 3, at 95 %. It is retired where even
 * that often would take longer than the best there is; where nothing ever helped, after so many more uses.
 */
function isRetired({ estimate }: Candidate, leastMs: number): boolean {
  const { failedHere, helpedHere, ms } = estimate
  // The tenth use counts as one as soon as it is over, though it has begun to fade.
  const uses = Math.round(failedHere)
  if (helpedHere > 0 || uses < retiredAfter) return false
  return leastMs === Infinity ? uses >= hopelessAfter : (ms * failedHere) / 3 > leastMs
}

function draw(open: readonly Candidate[], roll: Roll): Candidate | undefined {
  let best: Candidate | undefined
  let least = Infinity
  for (const candidate of open) {
    const { helped, failed, ms } = candidate.estimate
    const rate = sampleBeta(Math.max(helped, 0.05), Math.max(failed, 0.05), roll)
    const costMs = ms / Math.max(rate, 1e-6)
    if (costMs < least) [best, least] = [candidate, costMs]
  }
  return best
}

function chosen({ strategy, rate, estimate }: Candidate, because: RecoveryReason): RecoveryChoice {
  return {
    kind: 'recover',
    strategy,
    because,
    expected: rate,
    expectedMs: estimate.ms,
    level: strategy.level,
  }
}

function byCost(a: Candidate, b: Candidate): number {
  return a.costMs - b.costMs || byLevel(a, b)
}

function byLevel(a: Candidate, b: Candidate): number {
  return (
    a.strategy.level - b.strategy.level ||
    (a.strategy.name < b.strategy.name ? -1 : a.strategy.name > b.strategy.name ? 1 : 0)
  )
}
