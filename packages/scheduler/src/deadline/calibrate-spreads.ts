// What history says is corrected by what this run shows: a machine that is slower today, suites that grew, lengths that are
// less sure than they were. Whoever ended tells how far off his forecast was; ten forecasts that were right stand against
// it, so that little shown changes little.
import type { DueTask } from './deadline-snapshot.ts'
import { type DurationSpread, durationSpread, momentsOf } from './duration-spread.ts'

/** How forecasts of this run have to be corrected. */
export interface SpreadCalibration {
  /** The spread of one task, corrected. */
  spread(due: DueTask): DurationSpread
  /** Mean and variance of what a task adds to a queue, in milliseconds; measured, since tails of logarithms lie. */
  moments(spread: DurationSpread): { readonly meanMs: number; readonly variance: number }
}

const prior = 10

/** The correction that tasks which ended in this run ask for. */
export function calibrateSpreads(
  ended: readonly (DueTask & { readonly tookMs: number })[],
  usualMs: number,
): SpreadCalibration {
  const measured = ended.filter(({ tookMs }) => tookMs > 0)
  const seen = measured.map((one) => {
    const spread = durationSpread(one.task, one.facts, usualMs)
    return { spread, tookMs: one.tookMs, off: Math.log(one.tookMs) - spread.mu }
  })
  const weight = seen.length + prior
  const bias = seen.reduce((sum, { off }) => sum + off, 0) / weight
  const squares = seen.reduce((sum, { off, spread }) => sum + ((off - bias) / spread.sigma) ** 2, 0)
  const widen = Math.sqrt((squares + prior) / weight)
  const spread = (due: DueTask): DurationSpread => {
    const { mu, sigma } = durationSpread(due.task, due.facts, usualMs)
    return { mu: mu + bias, sigma: sigma * widen }
  }
  if (seen.length < prior) return { spread, moments: momentsOf }
  const medians = seen.map((one) => Math.exp(one.spread.mu + bias))
  const all = medians.reduce((sum, ms) => sum + ms, 0)
  const factor = seen.reduce((sum, { tookMs }) => sum + tookMs, 0) / all
  const apart = seen.reduce((sum, { tookMs }, at) => sum + (tookMs - factor * (medians[at] ?? 0)) ** 2, 0)
  const relative = apart / medians.reduce((sum, ms) => sum + (factor * ms) ** 2, 0)
  return {
    spread,
    moments: ({ mu }) => {
      const meanMs = factor * Math.exp(mu)
      return { meanMs, variance: relative * meanMs ** 2 }
    },
  }
}
