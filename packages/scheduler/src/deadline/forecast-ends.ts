// When each task will probably end: the queue is played through with mean durations, and the variance of what stands before
// a task adds up to the spread of its start. The central limit makes that start nearly normal; its own length stays the
// lognormal that it is, and the two are folded over sixteen quantiles.
import { FinishHeap } from '../plan/finish-heap.ts'
import { calibrateSpreads } from './calibrate-spreads.ts'
import type { DeadlineSnapshot, DueTask } from './deadline-snapshot.ts'
import { type DurationSpread, evenShares, normalShare, quantileOf, remainingOf } from './duration-spread.ts'

/** When a task will probably start and end, in milliseconds of run time. */
export interface EndForecast {
  readonly due: DueTask
  readonly isRunning: boolean
  readonly startMs: number
  /** Standard deviation of its start. */
  readonly startSpreadMs: number
  readonly meanEndMs: number
  /** Milliseconds of work before it, spread over all slots. */
  readonly aheadMs: number
  readonly spread: DurationSpread
  /** Probability that it is over by a time, 0 to 1. */
  within(atMs: number): number
}

/** Forecasts of all that runs and waits, running ones first. */
export function forecastEnds({ nowMs, slots, running, waiting, ended = [] }: DeadlineSnapshot): readonly EndForecast[] {
  const usualMs = usualOf([...running, ...waiting])
  const calibration = calibrateSpreads(ended, usualMs)
  const heap = new FinishHeap()
  const forecasts: EndForecast[] = []
  let variance = 0
  for (const due of running) {
    const spread = calibration.spread(due)
    const left = remainingOf(spread, nowMs - due.startedMs)
    variance += left.variance
    heap.push(nowMs + left.meanMs, 0)
    forecasts.push({
      due,
      isRunning: true,
      startMs: due.startedMs,
      startSpreadMs: 0,
      meanEndMs: nowMs + left.meanMs,
      aheadMs: 0,
      spread,
      within: (atMs) => withinOfRunning(spread, nowMs - due.startedMs, atMs - due.startedMs),
    })
  }
  for (let free = running.length; free < slots; free++) heap.push(nowMs, 0)
  // More may run than there are slots, where some went; whoever waits then waits for those above the number, too.
  for (let over = running.length; over > slots; over--) heap.pop()
  for (const due of waiting) {
    const spread = calibration.spread(due)
    const { meanMs, variance: own } = calibration.moments(spread)
    const startMs = heap.nextMs ?? nowMs
    heap.pop()
    heap.push(startMs + meanMs, 0)
    const startSpreadMs = startMs <= nowMs ? 0 : Math.sqrt(variance) / slots
    forecasts.push({
      due,
      isRunning: false,
      startMs,
      startSpreadMs,
      meanEndMs: startMs + meanMs,
      aheadMs: startMs - nowMs,
      spread,
      within: (atMs) => withinAfter({ startMs, startSpreadMs, spread }, atMs),
    })
    variance += own
  }
  return forecasts
}

/** Probability that a task is over by a time whose start is nearly normal and whose length is lognormal. */
function withinAfter(
  { startMs, startSpreadMs, spread }: Pick<EndForecast, 'startMs' | 'startSpreadMs' | 'spread'>,
  atMs: number,
): number {
  let sum = 0
  for (const share of evenShares) {
    const left = atMs - startMs - quantileOf(spread, share)
    sum += startSpreadMs > 0 ? normalShare(left / startSpreadMs) : left >= 0 ? 1 : 0
  }
  return sum / evenShares.length
}

/** Of those that lasted as long as this one, the share that is over by then. */
function withinOfRunning(spread: DurationSpread, elapsedMs: number, totalMs: number): number {
  if (totalMs <= elapsedMs) return 0
  const shareOf = (ms: number): number => (ms <= 0 ? 0 : normalShare((Math.log(ms) - spread.mu) / spread.sigma))
  const over = shareOf(elapsedMs)
  return over > 0.999 ? 0.5 : (shareOf(totalMs) - over) / (1 - over)
}

/** The median of what is known; a second where nothing is. */
function usualOf(all: readonly DueTask[]): number {
  const known = all
    .flatMap(({ task, facts }) => facts?.duration?.medianMs ?? task.expectedMs ?? [])
    .sort((a, b) => a - b)
  return known[known.length >> 1] ?? 1000
}
