// From a report to its timeline. Whatever the clock of a worker or a damaged file says, attempts come out in order and with no
// negative length, since a picture of negative time would only mislead.
import type { AttemptReport, RunReport } from '@muster/core'
import { assignLanes } from './assign-lanes.ts'
import { handOver } from './hand-over.ts'
import { queueReasons } from './queue-reasons.ts'
import { type Ready, readyTimes } from './ready-times.ts'
import type { AttemptState, Timeline, TimelineAttempt } from './timeline.ts'

/**
 * The run in time: every attempt with when it could begin, was launched, began and ended, and on which row of which worker.
 *
 * @example
 * ```ts
 * const { attempts } = timelineOf(report)
 * const longestWait = Math.max(...attempts.map(({ readyAtMs, launchedAtMs }) => launchedAtMs - readyAtMs))
 * ```
 */
export function timelineOf(report: Pick<RunReport, 'tasks' | 'durationMs' | 'workers'>): Timeline {
  const endMs = lastMoment(report)
  const ready = readyTimes(report.tasks)
  const workers = new Map<string, number>()
  for (const { id } of report.workers ?? []) workers.set(id, workers.size)
  const launched: Launch[] = []
  report.tasks.forEach((task, at) => {
    let before: AttemptReport | undefined
    for (const attempt of task.attempts) {
      const worker = workers.get(attempt.worker) ?? workers.size
      workers.set(attempt.worker, worker)
      const place = placed({ attempt, task: at, worker, ready: readyOf(ready[at], before, attempt), endMs })
      launched.push({ place, isStarted: attempt.startedAtMs !== undefined })
      before = attempt
    }
  })
  const known = new Map((report.workers ?? []).map((worker) => [worker.id, worker]))
  const attempts = handedOver(
    launched,
    Array.from(workers.keys(), (id) => known.get(id)?.slots),
  )
  const { lanes, counts } = assignLanes(attempts, workers.size)
  const inTime = Array.from(workers.keys(), (id, worker) => {
    const count = counts[worker] ?? 0
    const { slots = count, host } = known.get(id) ?? {}
    return { id, ...(host === undefined ? {} : { host }), slots, lanes: Math.max(count, 1) }
  })
  const reasons = queueReasons(report, attempts, inTime)
  return {
    endMs,
    workers: inTime,
    attempts: attempts.map((attempt, at) => {
      const queuedFor = reasons[at]
      return { ...attempt, lane: lanes[at] ?? 0, ...(queuedFor === undefined ? {} : { queuedFor }) }
    }),
  }
}

type Place = Omit<TimelineAttempt, 'lane' | 'queuedFor'>

interface Launch {
  readonly place: Place
  readonly isStarted: boolean
}

/** In time, attempts are launched when they are handed to a slot: before, they wait as those do that have no worker yet. */
function handedOver(launched: readonly Launch[], slots: readonly (number | undefined)[]): readonly Place[] {
  // In the order in which they began: a worker may be given several at one moment, and starts them in an order of its own.
  const beganAtMs = ({ place, isStarted }: Launch): number => (isStarted ? place.startedAtMs : place.closedAtMs)
  const inOrder = [...launched].sort((a, b) => beganAtMs(a) - beganAtMs(b) || inTurn(a.place, b.place))
  const moments = handOver(
    inOrder.map(({ place, isStarted }) => ({ ...place, startedAtMs: isStarted ? place.startedAtMs : undefined })),
    slots,
  )
  return inOrder
    .map(({ place }, at) => {
      const launchedAtMs = moments[at] ?? place.launchedAtMs
      return { ...place, launchedAtMs, startedAtMs: Math.max(launchedAtMs, place.startedAtMs) }
    })
    .sort(inTurn)
}

function inTurn(a: Place, b: Place): number {
  return a.launchedAtMs - b.launchedAtMs || a.task - b.task || a.n - b.n
}

/** A later attempt waits for the one before it, and not for what the task once waited for. */
function readyOf(
  first: Ready | undefined,
  before: AttemptReport | undefined,
  { readyAtMs }: AttemptReport,
): Ready & { readonly retryFromMs?: number } {
  if (before === undefined) return first ?? { atMs: 0 }
  const overMs = before.closedAtMs ?? before.startedAtMs ?? before.launchedAtMs
  return readyAtMs === undefined ? { atMs: overMs } : { atMs: Math.max(overMs, readyAtMs), retryFromMs: overMs }
}

interface InTime {
  readonly attempt: AttemptReport
  readonly task: number
  readonly worker: number
  readonly ready: Ready & { readonly retryFromMs?: number }
  readonly endMs: number
}

function placed({ attempt, task, worker, ready, endMs }: InTime): Place {
  const launchedAtMs = Math.max(0, attempt.launchedAtMs)
  const startedAtMs = Math.max(launchedAtMs, attempt.startedAtMs ?? launchedAtMs)
  const readyAtMs = Math.min(launchedAtMs, ready.atMs)
  return {
    task,
    n: attempt.n,
    worker,
    readyAtMs,
    ...(ready.retryFromMs === undefined ? {} : { retryFromMs: Math.min(readyAtMs, ready.retryFromMs) }),
    launchedAtMs,
    startedAtMs,
    closedAtMs: Math.max(startedAtMs, attempt.closedAtMs ?? endMs),
    state: stateOf(attempt),
    ...(attempt.ending.kind === 'lost' ? { cause: attempt.ending.cause } : {}),
    ...(ready.after === undefined ? {} : { after: ready.after }),
  }
}

function stateOf({ ending }: AttemptReport): AttemptState {
  return ending.kind === 'ended' ? ending.outcome.result : ending.kind
}

function lastMoment({ tasks, durationMs }: Pick<RunReport, 'tasks' | 'durationMs'>): number {
  let last = Math.max(0, durationMs)
  for (const { attempts } of tasks) {
    for (const { closedAtMs, launchedAtMs } of attempts) last = Math.max(last, closedAtMs ?? launchedAtMs)
  }
  return last
}
