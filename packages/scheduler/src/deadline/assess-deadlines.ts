// Which deadlines will hold, how surely, and why not: for tasks, groups and the run. A probability comes from the spread of
// what stands before a task and of its own length; a mean times a factor would call a coin toss safe.
import { calibrateProbability } from './calibrate-probability.ts'
import { checkSnapshot, type DeadlineSnapshot } from './deadline-snapshot.ts'
import { type EndForecast, forecastEnds } from './forecast-ends.ts'

/** How a deadline stands. */
export interface DeadlineRisk {
  readonly kind: 'task' | 'group' | 'run'
  /** Id of the task or group; the run has none. */
  readonly id: string
  readonly deadlineMs: number
  /** Probability that it is met, 0 to 1. */
  readonly probability: number
  readonly risk: 'safe' | 'at-risk' | 'unlikely' | 'missed'
  readonly expectedEndMs: number
  /** From its expected end to its deadline, in milliseconds; below 0 it is expected late. */
  readonly slackMs: number
  /** Why, in words, the most telling first; none where it is safe. */
  readonly reasons: readonly string[]
}

/** Probability from which on a deadline is safe, and below which it is unlikely. */
const safeFrom = 0.9
const unlikelyBelow = 0.3

/**
 * How the deadlines of a run stand, the least sure first. Throws `OPTIONS_INVALID` for times that are none.
 *
 * @example
 * ```ts
 * for (const { id, probability, reasons } of assessDeadlines(snapshot)) console.log(id, probability, reasons.join(' '))
 * ```
 */
export function assessDeadlines(snapshot: DeadlineSnapshot): readonly DeadlineRisk[] {
  checkSnapshot(snapshot)
  const forecasts = forecastEnds(snapshot)
  const correct = calibrateProbability(snapshot.told ?? [])
  const risks: DeadlineRisk[] = []
  for (const forecast of forecasts) {
    const { deadlineMs } = forecast.due.task
    if (deadlineMs === undefined || deadlineMs === Infinity) continue
    risks.push(riskOf({ kind: 'task', id: forecast.due.task.id, deadlineMs }, [forecast], { snapshot, correct }))
  }
  for (const [id, deadlineMs] of Object.entries(snapshot.groups ?? {})) {
    const members = forecasts.filter(({ due }) => due.task.groups?.includes(id) === true)
    if (members.length > 0) risks.push(riskOf({ kind: 'group', id, deadlineMs }, members, { snapshot, correct }))
  }
  if (snapshot.runDeadlineMs !== undefined && forecasts.length > 0)
    risks.push(riskOf({ kind: 'run', id: '', deadlineMs: snapshot.runDeadlineMs }, forecasts, { snapshot, correct }))
  return risks.toSorted(
    (a, b) => a.probability - b.probability || a.deadlineMs - b.deadlineMs || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  )
}

function riskOf(
  whose: Pick<DeadlineRisk, 'kind' | 'id' | 'deadlineMs'>,
  members: readonly EndForecast[],
  { snapshot: { nowMs, slots }, correct }: { snapshot: DeadlineSnapshot; correct: (probability: number) => number },
): DeadlineRisk {
  const { deadlineMs } = whose
  const last = members.reduce((worst, each) => (each.meanEndMs > worst.meanEndMs ? each : worst))
  const isPast = deadlineMs <= nowMs
  // What shares a queue is late together: the chances of those that end last do not multiply, the least of them counts.
  const probability = isPast ? 0 : correct(Math.min(...members.map((member) => member.within(deadlineMs))))
  const risk = isPast
    ? 'missed'
    : probability >= safeFrom
      ? 'safe'
      : probability >= unlikelyBelow
        ? 'at-risk'
        : 'unlikely'
  const slackMs = deadlineMs - last.meanEndMs
  return {
    ...whose,
    probability,
    risk,
    expectedEndMs: last.meanEndMs,
    slackMs,
    reasons: risk === 'safe' ? [] : reasonsOf(last, { deadlineMs, nowMs, slots }),
  }
}

function reasonsOf(
  { due, aheadMs, meanEndMs, startMs, spread, isRunning }: EndForecast,
  { deadlineMs, nowMs, slots }: { deadlineMs: number; nowMs: number; slots: number },
): readonly string[] {
  const { id } = due.task
  if (deadlineMs <= nowMs) return [`The deadline was ${seconds(nowMs - deadlineMs)} ago, and ${id} is not over.`]
  const ownMs = Math.exp(spread.mu)
  const reasons: string[] = []
  if (!isRunning && ownMs > deadlineMs - nowMs)
    reasons.push(
      `${id} alone takes ${seconds(ownMs)}, and ${seconds(deadlineMs - nowMs)} are left: not even at once would do.`,
    )
  else if (aheadMs > 0)
    reasons.push(`${seconds(aheadMs)} of work stand before ${id} on ${slots} slot${slots === 1 ? '' : 's'}.`)
  if (isRunning)
    reasons.push(
      `${id} runs for ${seconds(nowMs - startMs)} and is expected to end ${seconds(meanEndMs)} into the run.`,
    )
  if (spread.sigma > 0.4 || due.facts?.duration === undefined)
    reasons.push(
      due.facts?.duration === undefined
        ? `Nothing was measured of ${id} so far.`
        : `Its length differs by a factor of ${Math.exp(1.28 * spread.sigma).toFixed(1)} between runs.`,
    )
  return reasons
}

export function seconds(ms: number): string {
  return Math.abs(ms) < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`
}
