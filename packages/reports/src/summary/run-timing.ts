// Where the time of a run went: how much work it was, what was slow, and what the end waited for. Read off the attempts, since
// a report does not hold the edges.
import type { RunReport } from '@muster/core'

/** A task and how long its attempts took. */
export interface TaskTime {
  readonly task: string
  readonly durationMs: number
}

/** Where the time of a run went. */
export interface RunTiming {
  readonly wallMs: number
  /** Time of all attempts together. */
  readonly workMs: number
  /** Tasks that took time, slowest first. */
  readonly slowest: readonly TaskTime[]
  /**
   * The task that ended last, and for how long it was the only one running at the end. Absent where something was left undone:
   * then nothing else ran because nothing more was started.
   */
  readonly last?: { readonly task: string; readonly aloneMs: number } | undefined
}

/** The timing of a run, with its `count` slowest tasks. */
export function runTiming(report: Pick<RunReport, 'tasks' | 'durationMs'>, count: number): RunTiming {
  const times: TaskTime[] = []
  let workMs = 0
  let last: { task: string; endMs: number; startMs: number } | undefined
  let nextEndMs = 0
  for (const { id, attempts } of report.tasks) {
    let taskMs = 0
    for (const { startedAtMs, launchedAtMs, closedAtMs, ending } of attempts) {
      if (closedAtMs === undefined) continue
      const startMs = startedAtMs ?? launchedAtMs
      const openMs = Math.max(0, closedAtMs - startMs)
      // Between start and end the run may have been stopped, and an end may have waited for its turn: neither is work.
      taskMs += ending.kind === 'ended' ? Math.min(openMs, ending.outcome.durationMs) : openMs
      if (last === undefined || closedAtMs > last.endMs) {
        nextEndMs = last === undefined ? 0 : Math.max(nextEndMs, last.endMs)
        last = { task: id, endMs: closedAtMs, startMs }
      } else nextEndMs = Math.max(nextEndMs, closedAtMs)
    }
    workMs += taskMs
    if (taskMs > 0) times.push({ task: id, durationMs: taskMs })
  }
  const slowest = times.sort((a, b) => b.durationMs - a.durationMs || (a.task < b.task ? -1 : 1)).slice(0, count)
  const wasCut = report.tasks.some(({ verdict }) => verdict === undefined || verdict.kind === 'cancelled')
  return {
    wallMs: report.durationMs,
    workMs,
    slowest,
    ...(last === undefined || wasCut
      ? {}
      : { last: { task: last.task, aloneMs: Math.max(0, last.endMs - Math.max(nextEndMs, last.startMs)) } }),
  }
}
