// How long a task takes as a spread, not as one number: a lognormal through the tenth, fiftieth and ninetieth percentile of
// its past. Durations are products of many things that go slower at once, and are never below zero.
import type { TaskDefinition, TaskFacts } from '@muster/core'
import { expectedDurationMs } from '../strategy/expected-duration.ts'

/** A lognormal: `mu` and `sigma` are those of the logarithm of milliseconds. */
export interface DurationSpread {
  readonly mu: number
  readonly sigma: number
}

/** The ninetieth percentile of the standard normal. */
const z90 = 1.2816
/** What nobody measured often may be half or double as long, once in five times. */
const unsureSigma = Math.LN2 / z90
const leastSigma = 0.02

/** The spread of a task; `usualMs` where nothing is known, as a median that may be far off. */
export function durationSpread(
  definition: TaskDefinition,
  facts: TaskFacts | undefined,
  usualMs: number,
): DurationSpread {
  const known = expectedDurationMs(definition, facts)
  if (known === undefined) return { mu: logOf(usualMs), sigma: 2 * unsureSigma }
  const { duration } = facts ?? {}
  if (duration?.medianMs !== known) return { mu: logOf(known), sigma: unsureSigma }
  const { p10Ms, p90Ms, samples } = duration
  const measured = p10Ms > 0 && p90Ms >= p10Ms ? Math.log(p90Ms / p10Ms) / (2 * z90) : unsureSigma
  // Few samples show too little of the spread: what is not known counts as three more of an unsure one.
  const weight = samples / (samples + 3)
  const sigma = Math.sqrt(weight * measured ** 2 + (1 - weight) * unsureSigma ** 2)
  return { mu: logOf(known), sigma: Math.max(leastSigma, sigma) }
}

/** Mean and variance of a spread, in milliseconds. */
export function momentsOf({ mu, sigma }: DurationSpread): { readonly meanMs: number; readonly variance: number } {
  const meanMs = Math.exp(mu + sigma ** 2 / 2)
  return { meanMs, variance: (Math.exp(sigma ** 2) - 1) * meanMs ** 2 }
}

/** The duration that a share of all attempts stays below. */
export function quantileOf({ mu, sigma }: DurationSpread, share: number): number {
  return Math.exp(mu + sigma * normalQuantile(share))
}

/** The share of attempts that take at most so long. */
export function shareWithin({ mu, sigma }: DurationSpread, ms: number): number {
  return ms <= 0 ? 0 : normalShare((Math.log(ms) - mu) / sigma)
}

/** What is left of an attempt that has run for so long, in milliseconds: mean and variance, over its even quantiles. */
export function remainingOf(
  spread: DurationSpread,
  elapsedMs: number,
): { readonly meanMs: number; readonly variance: number } {
  if (elapsedMs <= 0) return momentsOf(spread)
  const over = shareWithin(spread, elapsedMs)
  // It outlived what anybody of its kind took: as long again as it lasts, half of it sure.
  if (over > 0.999) return { meanMs: elapsedMs / 2, variance: (elapsedMs / 2) ** 2 }
  let sum = 0
  let squares = 0
  for (const share of evenShares) {
    const left = quantileOf(spread, over + (1 - over) * share) - elapsedMs
    sum += left
    squares += left ** 2
  }
  const meanMs = sum / evenShares.length
  return { meanMs, variance: Math.max(0, squares / evenShares.length - meanMs ** 2) }
}

/** Middles of sixteen equal parts of 0 to 1. */
export const evenShares: readonly number[] = Array.from({ length: 16 }, (_, at) => (at + 0.5) / 16)

/** The share of a standard normal below a value (Abramowitz and Stegun 26.2.17; off by less than 1e-7). */
export function normalShare(value: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(value))
  const tail =
    0.3989422804 *
    Math.exp(-(value ** 2) / 2) *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return value >= 0 ? 1 - tail : tail
}

/** The value that a share of a standard normal is below, by bisection: it is asked for sixteen shares at a time. */
function normalQuantile(share: number): number {
  let low = -8
  let high = 8
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2
    if (normalShare(middle) < share) low = middle
    else high = middle
  }
  return (low + high) / 2
}

function logOf(ms: number): number {
  return Math.log(Math.max(1e-3, ms))
}
