// What was decided about a placement, and on what grounds: kept for whoever wants to look, and told in words.

/** What one plugin, or the strategy, made of a place. */
export interface ScorePart {
  readonly by: string
  /** 0 to 100. */
  readonly score: number
  readonly weight: number
}

/** A worker that was looked at for a task. */
export type ConsideredPlace =
  | {
      readonly kind: 'admitted'
      readonly worker: string
      /** Weighted mean of the parts, 0 to 100. */
      readonly score: number
      readonly parts: readonly ScorePart[]
    }
  | { readonly kind: 'refused'; readonly worker: string; readonly by: string; readonly because: string }

/** An attempt that was placed. */
export interface Decision {
  /** Run time in milliseconds. */
  readonly atMs: number
  readonly task: string
  /** Number of the attempt. */
  readonly n: number
  readonly worker: string
  /** Key of the task when it was queued last: smaller went first. */
  readonly key: readonly number[]
  /** Places that were looked at since it waited; workers that were full are not among them. */
  readonly considered: readonly ConsideredPlace[]
}

/**
 * A decision in words, the most telling sentence first.
 *
 * @example
 * ```ts
 * createPolicy(fifo(), [keepWarm], { onDecision: (decision) => console.log(explainDecision(decision)[0]) })
 * // prints: e2e/login#1 was placed on w2 at 1.2 s: it scored 80 there (warm 80), the best of 3 places.
 * ```
 */
export function explainDecision({ atMs, task, n, worker, considered }: Decision): readonly string[] {
  const admitted = considered.filter((place) => place.kind === 'admitted')
  const chosen = admitted.find((place) => place.worker === worker)
  const begin = `${task}#${n} was placed on ${worker} at ${(atMs / 1000).toFixed(1)} s`
  const first =
    chosen === undefined || chosen.parts.length === 0
      ? `${begin}: the first worker with room.`
      : `${begin}: it scored ${inWords(chosen)} there, the best of ${admitted.length} place${admitted.length === 1 ? '' : 's'}.`
  const others = considered.flatMap((place) => {
    if (place.worker === worker) return []
    return place.kind === 'refused'
      ? [`${place.worker} was refused by ${place.by}: ${place.because}.`]
      : [`${place.worker} scored ${inWords(place)}.`]
  })
  return [first, ...others]
}

function inWords({ score, parts }: Extract<ConsideredPlace, { readonly kind: 'admitted' }>): string {
  if (parts.length === 0) return rounded(score)
  return `${rounded(score)} (${parts.map(({ by, score: part, weight }) => `${by} ${rounded(part)}${weight === 1 ? '' : ` x ${weight}`}`).join(', ')})`
}

function rounded(score: number): string {
  return String(Math.round(score * 10) / 10)
}
