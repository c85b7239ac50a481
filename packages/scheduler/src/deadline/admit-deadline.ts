// Says no early: whoever cannot be served in time hears it when he asks, with the deadline that could be promised instead.
import type { DueTask, DeadlineSnapshot } from './deadline-snapshot.ts'
import { checkDeadline, checkSnapshot } from './deadline-snapshot.ts'
import { seconds } from './assess-deadlines.ts'
import { type EndForecast, forecastEnds } from './forecast-ends.ts'

/** Whether a deadline is taken on. */
export type DeadlineAdmission =
  | { readonly kind: 'admitted'; readonly probability: number }
  | {
      readonly kind: 'refused'
      readonly probability: number
      readonly because: string
      /** The earliest deadline that would be taken on; absent where the task would delay others. */
      readonly earliestMs?: number | undefined
    }

/** When a deadline is taken on. */
export interface AdmitDeadlineOptions {
  /** Probability that is enough, 0 to 1. @defaultValue `0.8` */
  readonly atLeast?: number | undefined
}

/**
 * Whether a task would meet its deadline in a run as it stands, where it goes before what is due later, and would make
 * nobody miss his whose deadline was safe.
 *
 * @example
 * ```ts
 * const { kind } = admitDeadline({ task: { id: 'hotfix', kind: 'unit', expectedMs: 5_000, deadlineMs: 8_000 } }, snapshot)
 * ```
 */
export function admitDeadline(
  asked: DueTask,
  snapshot: DeadlineSnapshot,
  options: AdmitDeadlineOptions = {},
): DeadlineAdmission {
  const { atLeast = 0.8 } = options
  const { task } = asked
  const { deadlineMs } = task
  checkSnapshot(snapshot)
  checkDeadline(`task ${JSON.stringify(task.id)}`, deadlineMs)
  if (deadlineMs === undefined || deadlineMs === Infinity) return { kind: 'admitted', probability: 1 }
  const { waiting, nowMs } = snapshot
  const found = waiting.findIndex((one) => (one.task.deadlineMs ?? Infinity) > deadlineMs)
  const at = found < 0 ? waiting.length : found
  const before = new Map(forecastEnds(snapshot).map((forecast) => [forecast.due, forecast]))
  const after = forecastEnds({ ...snapshot, waiting: [...waiting.slice(0, at), asked, ...waiting.slice(at)] })
  const own = after.find(({ due }) => due === asked)
  const probability = deadlineMs <= nowMs || own === undefined ? 0 : own.within(deadlineMs)
  if (probability < atLeast) {
    const earliestMs = own === undefined ? undefined : earliestOf(own, atLeast)
    const because =
      deadlineMs <= nowMs
        ? `its deadline was ${seconds(nowMs - deadlineMs)} ago`
        : `it would be over in time with a probability of ${percent(probability)} only`
    return { kind: 'refused', probability, because, ...(earliestMs === undefined ? {} : { earliestMs }) }
  }
  for (const forecast of after) {
    const { due } = forecast
    const theirs = due.task.deadlineMs
    const was = before.get(due)
    if (theirs === undefined || was === undefined || was.within(theirs) < atLeast || forecast.within(theirs) >= atLeast)
      continue
    const because = `${due.task.id} would be over in time with a probability of ${percent(forecast.within(theirs))} instead of ${percent(was.within(theirs))}`
    return { kind: 'refused', probability, because }
  }
  return { kind: 'admitted', probability }
}

function earliestOf(forecast: EndForecast, atLeast: number): number {
  let low = forecast.startMs
  let high = Math.max(forecast.meanEndMs, low + 1)
  for (let step = 0; step < 60 && forecast.within(high) < atLeast; step++) high = low + 2 * (high - low)
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2
    if (forecast.within(middle) < atLeast) low = middle
    else high = middle
  }
  return Math.ceil(high)
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`
}
