// A probability is good when, of all that were told it, so many came true. What was told before and what came of it corrects
// what is told now: in ten bins, with ten forecasts that were right standing against the record of each.

/** A probability that was told, and what came of it. */
export interface ToldProbability {
  readonly probability: number
  readonly isMet: boolean
}

const bins = 10
const prior = 10

/** Corrects probabilities by the record of those told before; little record, little correction. */
export function calibrateProbability(told: readonly ToldProbability[]): (probability: number) => number {
  if (told.length === 0) return (probability) => probability
  const counts = new Float64Array(bins)
  const met = new Float64Array(bins)
  for (const { probability, isMet } of told) {
    const bin = binOf(probability)
    counts[bin] = (counts[bin] ?? 0) + 1
    if (isMet) met[bin] = (met[bin] ?? 0) + 1
  }
  return (probability) => {
    const bin = binOf(probability)
    return ((met[bin] ?? 0) + prior * probability) / ((counts[bin] ?? 0) + prior)
  }
}

function binOf(probability: number): number {
  return Math.min(bins - 1, Math.max(0, Math.floor(bins * probability)))
}
