// What to expect of a strategy in a situation: how often it helps and how long it takes. Where little is known of the very
// situation, what is known of the strategy after that failure elsewhere counts in, with the weight of a few observations; where
// nothing is known at all, what its author expects. Old samples count less, and an old world is forgotten.
import type { RecoveryRecord, RecoverySample } from './recovery-record.ts'
import type { RecoveryStrategy } from './recovery-strategy.ts'

/** What is expected of one use. */
export interface RecoveryEstimate {
  /** Of a beta distribution: observations that helped, and that did not, priors included. */
  readonly helped: number
  readonly failed: number
  /** Expected milliseconds of one use, its cost for others included. */
  readonly ms: number
  /** The same of this very situation alone, without priors; old ones have faded. */
  readonly helpedHere: number
  readonly failedHere: number
  /** Observations of this very situation that it rests on. */
  readonly samples: number
}

/** Samples count half after so long, in milliseconds: two weeks. */
const halfLifeMs = 14 * 24 * 3600 * 1000

/** Observations that the wider situation may stand for, and the author's word. */
const widerWeight = 6
const wordWeight = 1

/** What a use takes where nobody knows, in milliseconds. */
const unknownMs = 1000

/** What is known of a strategy after a failure: here, and anywhere. */
export interface RecoveryEvidence {
  readonly here?: RecoveryRecord | undefined
  readonly anywhere: readonly RecoveryRecord[]
  /** Mean milliseconds of any recovery in this situation, where one is known. */
  readonly usualMs?: number | undefined
}

/** The estimate; `isAgain` where the strategy has failed already after this failure. */
export function estimateRecovery(
  { expected = 0.5, costMs = 0, effect }: RecoveryStrategy,
  { here, anywhere, usualMs = unknownMs }: RecoveryEvidence,
  nowWallMs: number,
  isAgain: boolean,
): RecoveryEstimate {
  const delayMs = effect.kind === 'retry' ? (effect.delayMs ?? 0) : 0
  const word: Prior = { rate: expected, ms: usualMs + delayMs, weight: wordWeight }
  const others = anywhere.filter((record) => record !== here).flatMap(({ samples }) => samples)
  const wider = others.length === 0 ? word : summed(others, word, nowWallMs, widerWeight)
  const first = summed(here?.samples.filter(([, , , again]) => again === 0) ?? [], wider, nowWallMs)
  const estimate = isAgain
    ? summed(here?.samples.filter(([, , , again]) => again === 1) ?? [], { ...first, weight: first.weight }, nowWallMs)
    : first
  return {
    helped: estimate.rate * estimate.weight,
    failed: (1 - estimate.rate) * estimate.weight,
    ms: estimate.ms + costMs,
    helpedHere: fadedCount(here, 1, nowWallMs),
    failedHere: fadedCount(here, 0, nowWallMs),
    samples: here?.samples.length ?? 0,
  }
}

interface Prior {
  readonly rate: number
  readonly ms: number
  readonly weight: number
}

/** The prior with the samples added, standing for at most `most` observations. */
function summed(samples: readonly RecoverySample[], prior: Prior, nowWallMs: number, most = Infinity): Prior {
  let { weight } = prior
  let helped = prior.rate * weight
  let ms = prior.ms * weight
  for (const [atWallMs, didHelp, took] of samples) {
    const counts = fadedTo(atWallMs, nowWallMs)
    weight += counts
    helped += counts * didHelp
    ms += counts * took
  }
  return { rate: helped / weight, ms: ms / weight, weight: Math.min(weight, most) }
}

function fadedCount(record: RecoveryRecord | undefined, did: 0 | 1, nowWallMs: number): number {
  const same = record?.samples.filter(([, helped]) => helped === did) ?? []
  return same.reduce((sum, [atWallMs]) => sum + fadedTo(atWallMs, nowWallMs), 0)
}

function fadedTo(atWallMs: number, nowWallMs: number): number {
  return 0.5 ** (Math.max(0, nowWallMs - atWallMs) / halfLifeMs)
}
