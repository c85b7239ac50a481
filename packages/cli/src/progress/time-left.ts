// How long a run will still take, as a range: a single number would promise what nobody knows. Where too little is known
// the answer says so instead of guessing.

/** What an attempt is expected to take, with the tenth and ninetieth percentile. */
export interface ExpectedDuration {
  readonly medianMs: number
  readonly p10Ms: number
  readonly p90Ms: number
}

/** What is known of the work that is left. */
export interface WorkLeft {
  /** Attempts that run at the same time. */
  readonly slots: number
  /** Tasks that have not started and whose durations are known, summed up. */
  readonly known: {
    readonly count: number
    readonly sumMs: number
    /** Sum of the squared standard deviations. */
    readonly varianceMs2: number
    readonly longestMs: number
  }
  /** Tasks that have not started and of which nothing is known. */
  readonly unknown: number
  /** What tasks of which nothing was known have taken in this run. */
  readonly learned: { readonly count: number; readonly meanMs: number; readonly deviationMs: number }
  readonly running: readonly { readonly elapsedMs: number; readonly expected: ExpectedDuration | undefined }[]
  /** Length of the longest chain of dependencies that is left, where it is known. */
  readonly chainMs?: number | undefined
}

/** The answer. */
export type TimeLeft =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'range'; readonly lowMs: number; readonly likelyMs: number; readonly highMs: number }

/** Part of the longest task or chain that is the least a run still takes: half of all tasks end before their median. Chosen. */
const surePart = 0.8

/** Part of its expected time that an attempt past its median is said to need still, at least. Chosen. */
const latePart = 0.1

/** Tasks without a history that must have ended before their mean says anything. */
const enoughSamples = 3

/** Standard deviations between the median and the ninetieth percentile of a normal distribution. */
const deviationsToP90 = 1.2816

/** Standard deviation that a tenth and a ninetieth percentile speak of. */
export function deviationOf({ p10Ms, p90Ms }: ExpectedDuration): number {
  return Math.max(0, p90Ms - p10Ms) / (2 * deviationsToP90)
}

/**
 * Time until everything has ended. `low` takes the work as perfectly spread over the slots, `high` adds the longest task
 * that could come last (no list schedule is worse than that).
 */
export function timeLeft(work: WorkLeft): TimeLeft {
  const slots = Math.max(1, work.slots)
  const guess = guessOf(work)
  const needsGuess = work.unknown > 0 || work.running.some(({ expected }) => expected === undefined)
  if (needsGuess && guess === undefined) return { kind: 'unknown' }

  let sumMs = work.known.sumMs
  let variance = work.known.varianceMs2
  let longestMs = work.known.longestMs
  if (guess !== undefined && work.unknown > 0) {
    sumMs += work.unknown * guess.medianMs
    variance += work.unknown * deviationOf(guess) ** 2
    longestMs = Math.max(longestMs, guess.medianMs)
  }
  let longestRunningMs = 0
  let surelyRunningMs = 0
  let lateMs = 0
  for (const { elapsedMs, expected = guess } of work.running) {
    if (expected === undefined) continue
    const leftMs = remainderOf(elapsedMs, expected)
    const leastMs = leastOf(elapsedMs, expected)
    sumMs += leftMs
    lateMs += leftMs - leastMs
    variance += deviationOf(expected) ** 2
    longestRunningMs = Math.max(longestRunningMs, leftMs)
    surelyRunningMs = Math.max(surelyRunningMs, leastMs)
  }

  const spreadMs = deviationsToP90 * Math.sqrt(variance)
  const waitingMs = Math.max(longestMs, work.chainMs ?? 0)
  const floorMs = Math.max(waitingMs, longestRunningMs)
  const likelyMs = Math.max(sumMs / slots, floorMs)
  const lowMs = Math.min(
    likelyMs,
    Math.max((sumMs - lateMs - spreadMs) / slots, surePart * Math.max(waitingMs, surelyRunningMs)),
  )
  const highMs = Math.max(
    likelyMs,
    (sumMs + spreadMs) / slots + Math.max(longestMs, longestRunningMs) * (1 - 1 / slots),
  )
  return { kind: 'range', lowMs: Math.max(0, lowMs), likelyMs, highMs }
}

/**
 * What is left of an attempt. One that is later than nine of ten were is no longer like them: the later it is, the longer it
 * is expected to go on, or a test that hangs would be almost done for ever.
 */
function remainderOf(elapsedMs: number, { medianMs, p90Ms }: ExpectedDuration): number {
  return Math.max(medianMs - elapsedMs, latePart * medianMs, elapsedMs - p90Ms)
}

/** The least that is left of it: what is late may end at any moment. */
function leastOf(elapsedMs: number, { medianMs }: ExpectedDuration): number {
  return Math.max(medianMs - elapsedMs, latePart * medianMs)
}

/** What a task without a history will take: like its kind in this run, or like the known ones where those are the most. */
function guessOf({ learned, known, unknown }: WorkLeft): ExpectedDuration | undefined {
  if (learned.count >= enoughSamples) {
    const spreadMs = deviationsToP90 * learned.deviationMs
    return {
      medianMs: learned.meanMs,
      p10Ms: Math.max(0, learned.meanMs - spreadMs),
      p90Ms: learned.meanMs + spreadMs,
    }
  }
  if (known.count >= enoughSamples && unknown * 4 <= known.count) {
    const meanMs = known.sumMs / known.count
    // Tasks differ from one another more than one task does from itself: a wide range, chosen and not measured.
    return { medianMs: meanMs, p10Ms: 0.3 * meanMs, p90Ms: 2 * meanMs }
  }
  return undefined
}
