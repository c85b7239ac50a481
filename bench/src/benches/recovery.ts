// Whether recovery finds out what helps. In a simulated fleet each category of failures has five strategies with chances and
// times of their own, which the policy does not know. An oracle that knows them uses the one with the least expected time; regret
// is what the policy needs beyond it, each use counted by its expectation, so that luck does not enter. Beside it a fixed ladder
// that goes from the mildest to the strongest, as most systems do.
import type { FailureCategory } from '@muster/core'
import {
  chooseRecovery,
  defineRecoveryStrategy,
  foldRecovery,
  type RecoveryLevel,
  type RecoveryRecord,
  type RecoveryStrategy,
  type Roll,
  situationKey,
} from '@muster/core/recovery'
import type { Bench, BenchContext, BenchResult } from '../bench.ts'
import { drawFrom } from '../draw.ts'

export const bench: Bench = {
  name: 'recovery',
  summary: 'learning which recovery strategy helps after which failure, against an oracle and a fixed ladder',
  figures: {
    regret_pct: 'expected time beyond that of the oracle, failures 500 to 2,000, mean of 20 fleets',
    ladder_regret_pct: 'the same for a fixed ladder of the five strategies',
  },
  faults: { amnesia: 'nothing is remembered: the regret must rise' },
  run: async (context) => measured(context),
}

const fleets = 20
const failures = 4000
const learned = 500
/** Chances and times are drawn anew here. */
const drift = 2000
/** Wall time between failures: a hundred and more a day. */
const apartMs = 600_000
const mostUses = 100

const categories: readonly FailureCategory[] = [
  'network',
  'timeout',
  'resource',
  'environment',
  'process-crash',
  'unknown',
]
const levels: readonly RecoveryLevel[] = [1, 2, 3, 4, 5]
const strategies: readonly RecoveryStrategy[] = levels.map((level) =>
  defineRecoveryStrategy({ name: `level-${level}`, level, does: 'something', effect: { kind: 'retry' } }),
)

interface Truth {
  readonly chance: number
  readonly ms: number
}

/** What is used after a failure that these have not helped with, and what it learns from each use. */
interface Policy {
  readonly choose: (category: FailureCategory, tried: readonly number[], nowWallMs: number) => number
  readonly learn: (use: {
    readonly category: FailureCategory
    readonly used: number
    readonly helped: boolean
    readonly ms: number
    readonly atWallMs: number
    readonly isAgain: boolean
  }) => void
}

interface Regret {
  readonly beforePct: number
  readonly afterPct: number
}

async function measured({ seed, plant, progress }: BenchContext): Promise<BenchResult> {
  const ours: Regret[] = []
  const ladders: Regret[] = []
  for (let fleet = 0; fleet < fleets; fleet += 1) {
    const fleetSeed = seed * 1000 + fleet
    ours.push(simulated(fleetSeed, learning(rollOf(fleetSeed + 500), plant === 'amnesia')))
    ladders.push(simulated(fleetSeed, ladder))
    progress(
      `fleet ${fleet + 1}: ${ours.at(-1)?.beforePct.toFixed(1) ?? ''} %, ladder ${ladders.at(-1)?.beforePct.toFixed(1) ?? ''} %`,
    )
  }
  const worst = Math.max(...ours.map(({ beforePct }) => beforePct))
  return {
    figures: {
      regret_pct: round(mean(ours.map(({ beforePct }) => beforePct))),
      ladder_regret_pct: round(mean(ladders.map(({ beforePct }) => beforePct))),
    },
    notes: [
      `the worst of the ${fleets} fleets: ${round(worst)} %; each draws chances from 5 to 95 % and times from 0.5 to 10 s for 6 categories x 5 strategies`,
      `everything is drawn anew after ${drift} failures; from 500 failures later on: ${round(mean(ours.map(({ afterPct }) => afterPct)))} %, ladder ${round(mean(ladders.map(({ afterPct }) => afterPct)))} %`,
    ],
  }
}

/** The same failures for every policy: what happens depends on the seed and not on who asks. */
function simulated(seed: number, policy: Policy): Regret {
  const world = rollOf(seed)
  const luck = rollOf(seed + 250)
  let truths = drawnTruths(world)
  const [before, after] = [
    { lost: 0, least: 0 },
    { lost: 0, least: 0 },
  ]
  for (let failure = 0; failure < failures; failure += 1) {
    if (failure === drift) truths = drawnTruths(world)
    const at = Math.floor(world() * categories.length)
    const category = categories[at] ?? 'unknown'
    const known = truths[at] ?? []
    const leastMs = Math.min(...known.map(({ chance, ms }) => ms / chance))
    const tried: number[] = []
    let lostMs = 0
    for (let isOver = false; !isOver && tried.length < mostUses;) {
      const atWallMs = failure * apartMs
      const used = policy.choose(category, tried, atWallMs)
      const { chance, ms } = known[used] ?? { chance: 1, ms: 0 }
      isOver = luck() < chance
      // Using it costs its time, and leaves what is still to come where it did not help.
      lostMs += ms - chance * leastMs
      policy.learn({ category, used, helped: isOver, ms: ms * (0.5 + luck()), atWallMs, isAgain: tried.includes(used) })
      tried.push(used)
    }
    const part = failure >= learned && failure < drift ? before : failure >= drift + learned ? after : undefined
    if (part === undefined) continue
    part.lost += lostMs
    part.least += leastMs
  }
  return { beforePct: (100 * before.lost) / before.least, afterPct: (100 * after.lost) / after.least }
}

function drawnTruths(roll: Roll): readonly (readonly Truth[])[] {
  return categories.map(() => strategies.map(() => ({ chance: 0.05 + 0.9 * roll(), ms: 500 + 9500 * roll() })))
}

function learning(roll: Roll, forgets: boolean): Policy {
  const records = new Map<string, RecoveryRecord>()
  const where = { workerClass: 'fleet', runner: 'any' }
  return {
    choose: (category, tried, nowWallMs) => {
      const names = tried.map((used) => strategies[used]?.name ?? '')
      const choice = chooseRecovery({ ...where, category, tried: names, strategies, records, nowWallMs, roll })
      // Nothing is left that could help: the strongest is all there is.
      return choice.kind === 'recover' ? strategies.indexOf(choice.strategy) : strategies.length - 1
    },
    learn: ({ category, used, helped, ms, atWallMs, isAgain }) => {
      if (forgets) return
      const situation = { ...where, category, strategy: strategies[used]?.name ?? '' }
      const key = situationKey(situation)
      records.set(key, foldRecovery(records.get(key), situation, [atWallMs, helped ? 1 : 0, ms, isAgain ? 1 : 0]))
    },
  }
}

const ladder: Policy = {
  choose: (_, tried) => Math.min(tried.length, strategies.length - 1),
  learn: () => undefined,
}

function rollOf(seed: number): Roll {
  const draw = drawFrom(Math.imul(seed + 1, 0x9e3779b1))
  return () => draw(2 ** 31) / 2 ** 31
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
