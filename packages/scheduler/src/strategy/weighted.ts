// Several wishes at once: each strategy pulls with its weight. Keys of different strategies have different units, so each is
// brought to a number between -1 and 1 first; nothing is compared with the numbers of another unit.
import { MusterError, type Policy } from '@muster/core'
import { freshly, keyOf, sharedPoints } from './shared-points.ts'

/** A strategy with its say. */
export interface WeightedPart {
  readonly strategy: Policy
  /** How much it counts beside the others, above 0. */
  readonly weight: number
  /**
   * Size of the first number of its key that counts half of what it can count at most: `60_000` for strategies by duration where
   * a minute is long, `1` for those by priority, half the number of tasks for `fifo`.
   */
  readonly scale: number
}

/**
 * Orders by the weighted sum of the strategies' keys, each brought between -1 and 1 as `key / (scale + |key|)`; places by the
 * weighted mean of the scores of those that have one.
 *
 * *When to use*: no strategy should win outright, such as likely failures first, but not at the price of a long end.
 *
 * *Gotchas*: only the first number of each key counts; put `andThen` around it for ties.
 *
 * @example
 * ```ts
 * weighted([
 *   { strategy: longestFirst(), weight: 2, scale: 60_000 },
 *   { strategy: priorityFirst(), weight: 1, scale: 1 },
 * ])
 * ```
 */
export function weighted(parts: readonly WeightedPart[]): Policy {
  if (parts.length === 0) throw invalid('at least one part', 'none')
  for (const { strategy, weight, scale } of parts) {
    if (!(Number.isFinite(weight) && weight > 0)) throw invalid(`a weight above 0 for ${strategy.name}`, String(weight))
    if (!(Number.isFinite(scale) && scale > 0)) throw invalid(`a scale above 0 for ${strategy.name}`, String(scale))
  }
  const scorers = parts.filter(({ strategy }) => strategy.score !== undefined)
  const weights = scorers.reduce((sum, { weight }) => sum + weight, 0)
  return {
    ...sharedPoints(parts.map(({ strategy }) => strategy)),
    name: `weighted ${parts.map(({ strategy, weight }) => `${strategy.name} x ${weight}`).join(' and ')}`,
    key: (task) =>
      parts.reduce((sum, { strategy, weight, scale }) => {
        const [first = 0] = keyOf(strategy, task)
        return sum + weight * squashed(first, scale)
      }, 0),
    ...(scorers.length === 0
      ? {}
      : {
          score: (task, worker) =>
            scorers.reduce((sum, { strategy, weight }) => sum + weight * (strategy.score?.(task, worker) ?? 0), 0) /
            weights,
        }),
    forRun: () => weighted(parts.map((part) => ({ ...part, strategy: freshly(part.strategy) }))),
  }
}

/** Halves first: the largest number and the scale together would be too large to be one. */
function squashed(key: number, scale: number): number {
  return key / 2 / (scale / 2 + Math.abs(key / 2))
}

function invalid(expected: string, got: string): MusterError {
  return new MusterError('OPTIONS_INVALID', { expected: `weighted strategies to have ${expected}`, got })
}
