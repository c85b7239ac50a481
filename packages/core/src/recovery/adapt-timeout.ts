// A time limit that follows what attempts take, in both directions. A limit that ends attempts that would have passed is raised;
// one that lets a hung test wait for an hour is lowered. Attempts that ran into a limit took longer than it, nobody knows how much:
// they count as such (the product-limit estimator: E. L. Kaplan and P. Meier, 1958), so raising stops where attempts end by themselves.

/** What attempts took under their limits. */
export interface TimeoutEvidence {
  /** Durations of attempts that passed, in milliseconds. */
  readonly passedMs: readonly number[]
  /** Limits that attempts ran into, in milliseconds. */
  readonly timedOutMs: readonly number[]
}

/** How a limit adapts. */
export interface AdaptTimeoutOptions {
  /** The limit as of now, in milliseconds. */
  readonly currentMs: number
  /** Never below, in milliseconds. @defaultValue `1000` */
  readonly leastMs?: number | undefined
  /** Never above, in milliseconds. @defaultValue `3_600_000` */
  readonly mostMs?: number | undefined
  /** The limit is so many times the 99th percentile. @defaultValue `3` */
  readonly margin?: number | undefined
}

/** A new limit and why. */
export interface AdaptedTimeout {
  readonly timeoutMs: number
  readonly because: 'too-little-known' | 'kept' | 'raised' | 'lowered'
}

/** Passing attempts from which on a limit is lowered. */
const fewestPassed = 10
/** Steps: up at once, down slowly, since a limit that is too low costs more than one that is too high. */
const up = 2
const down = 0.8
/** Differences below this share are left alone, so that a limit does not wobble. */
const deadZone = 0.15

/**
 * The limit for the next attempts.
 *
 * @example
 * ```ts
 * adaptTimeout({ passedMs: Array(20).fill(400), timedOutMs: [] }, { currentMs: 60_000 }) // => { timeoutMs: 48000, because: 'lowered' }
 * ```
 */
export function adaptTimeout({ passedMs, timedOutMs }: TimeoutEvidence, options: AdaptTimeoutOptions): AdaptedTimeout {
  const { currentMs, leastMs = 1000, mostMs = 3_600_000, margin = 3 } = options
  const within = (ms: number): number => Math.round(Math.min(mostMs, Math.max(leastMs, ms)))
  const cut = timedOutMs.filter((ms) => ms >= currentMs * (1 - deadZone))
  // Attempts that always run into the limit hang: more time would only be lost. Some must have shown that they can end.
  if (cut.length > 0 && passedMs.length > 0) {
    const reach = quantileWithin(passedMs, timedOutMs, 0.99)
    const wanted = reach === undefined ? currentMs * up : Math.min(currentMs * up, reach * margin)
    const raised = within(Math.max(currentMs, wanted))
    return raised > currentMs
      ? { timeoutMs: raised, because: 'raised' }
      : { timeoutMs: within(currentMs), because: 'kept' }
  }
  if (passedMs.length < fewestPassed) return { timeoutMs: within(currentMs), because: 'too-little-known' }
  const wanted = (quantileWithin(passedMs, timedOutMs, 0.99) ?? currentMs) * margin
  if (wanted > currentMs * (1 + deadZone))
    return { timeoutMs: within(Math.min(wanted, currentMs * up)), because: 'raised' }
  if (wanted < currentMs * (1 - deadZone)) {
    const lowered = within(Math.max(wanted, currentMs * down))
    return lowered < currentMs
      ? { timeoutMs: lowered, because: 'lowered' }
      : { timeoutMs: within(currentMs), because: 'kept' }
  }
  return { timeoutMs: within(currentMs), because: 'kept' }
}

/** The quantile by the product-limit estimator; nothing where it lies beyond what was let run. */
function quantileWithin(passed: readonly number[], cut: readonly number[], share: number): number | undefined {
  const events = [...passed.map((ms) => ({ ms, isEnd: true })), ...cut.map((ms) => ({ ms, isEnd: false }))].sort(
    (a, b) => a.ms - b.ms || Number(b.isEnd) - Number(a.isEnd),
  )
  let surviving = 1
  let last: number | undefined
  for (const [at, { ms, isEnd }] of events.entries()) {
    if (!isEnd) continue
    surviving *= 1 - 1 / (events.length - at)
    last = ms
    if (surviving <= 1 - share + 1e-9) return ms
  }
  return cut.length === 0 ? last : undefined
}
