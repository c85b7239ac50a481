// The run as plain lines, for logs and pipes: one line a finished task, and one now and then when nothing else happens.
import type { RunEvent, TaskGaveUp } from '@muster/core'
import { isStopRequest } from '../progress/stop-request.ts'
import type { RunProgress } from '../progress/run-progress.ts'
import { countText } from '../terminal/count-text.ts'
import { formatDuration } from '../terminal/format-time.ts'
import type { Look } from '../terminal/look.ts'
import { oneLine } from '../terminal/plain-text.ts'
import { caseLines } from './case-lines.ts'
import { watchedBy } from './hold-lines.ts'
import type { Extent, LogDetail } from './log-detail.ts'
import { timeLeftText } from './time-left-text.ts'
import { gaveUpLine, judgedLines, lostLine, retryLines } from './task-lines.ts'

/** Lines that an event is worth, in a log that shows every finished task. Asked after `progress` has taken the event. */
export function plainEventLines(
  event: RunEvent,
  progress: RunProgress,
  look: Look,
  extent?: Extent,
): readonly string[] {
  switch (event.kind) {
    case 'task-judged':
      return judgedLines(event, progress.lastEnding(event.task), look, extent)
    case 'task-retrying':
      // A run that comes to its end tries nothing again; whoever resumes it does.
      return isEnding(progress) ? [] : retryLines(event, progress.lastEnding(event.task), look)
    case 'task-gave-up':
      return isEnding(progress) || isSaidByVerdict(event)
        ? []
        : [gaveUpLine(event, progress.lastEnding(event.task), look)]
    case 'attempt-lost':
      // Whoever cancels a run knows why its attempts end; the summary counts them.
      return isEnding(progress) && event.cause === 'coordinator' ? [] : [lostLine(event, look)]
    case 'run-draining':
      return isStopRequest(event.by) ? [] : [look.paint('yellow', drainingText(event.by, event.hard))]
    case 'worker-quarantined':
      return [look.paint('yellow', `Worker ${oneLine(event.worker)} is given nothing more: ${oneLine(event.because)}.`)]
    case 'quarantine-lifted':
      return [`Worker ${oneLine(event.worker)} is given work again: ${oneLine(event.because)}.`]
    case 'breaker-changed':
      return breakerLines(event.key, event.state, event.because, look)
    case 'run-paused':
      return ['Paused: nothing more is started.']
    case 'run-unpaused':
      return ['The run goes on.']
    case 'note':
      return [`${look.paint('yellow', 'note')}: ${oneLine(event.text)}`]
    case 'run-started':
    case 'tasks-added':
    case 'worker-joined':
    case 'worker-left':
    case 'attempt-launched':
    case 'attempt-started':
    case 'attempt-ended':
    case 'run-ended':
    case 'snapshot':
    case 'attempt-progress':
    case 'attempt-output':
    case 'case-ended':
      return []
  }
}

/** Lines that an event is worth above the board, which shows what passed by itself; `verbose` has every case too. */
export function boardEventLines(
  event: RunEvent,
  progress: RunProgress,
  look: Look,
  detail: LogDetail = 'normal',
): readonly string[] {
  if (event.kind === 'run-draining') return []
  if (event.kind !== 'task-judged') return plainEventLines(event, progress, look)
  const cases = detail === 'verbose' ? (progress.lastEnding(event.task)?.cases ?? []) : []
  const { kind } = event.verdict
  if (kind === 'blocked' || (kind === 'passed' && detail !== 'verbose')) return []
  return [...plainEventLines(event, progress, look), ...caseLines(cases, look)]
}

/** The line after a long silence: what still runs, and how far the run is. */
export function heartbeatLine(progress: RunProgress, nowMs: number): string {
  const { tasks, running } = progress
  const named = running
    .toSorted((a, b) => a.sinceMs - b.sinceMs)
    .slice(0, 3)
    .map(({ task, sinceMs }) => `${oneLine(task)} (${formatDuration(nowMs - sinceMs)})`)
  const more = running.length > 3 ? ` and ${String(running.length - 3)} more` : ''
  const what = running.length === 0 ? 'nothing runs' : `still running: ${named.join(', ')}${more}`
  const hint = running.some(({ sinceMs }) => nowMs - sinceMs >= longMs)
    ? '; --timeout sets a limit for one attempt'
    : ''
  return `… ${what}; ${String(tasks.judged)} of ${countText(tasks.total, 'task')} done, ${timeLeftText(progress.timeLeft(nowMs))}${hint}`
}

/** A file that runs for so long, in milliseconds, may never end by itself. */
const longMs = 120_000

/** Every opening, and the end of it; that it is being tried is no news. */
function breakerLines(key: string, state: string, because: string, look: Look): readonly string[] {
  const what = watchedBy(key)
  if (state === 'open') return [look.paint('yellow', `Breaker of ${what} is open: ${oneLine(because)}.`)]
  return state === 'half-open' ? [] : [`Breaker of ${what} lets everything through again: ${oneLine(because)}.`]
}

function isEnding({ phase }: RunProgress): boolean {
  return phase === 'draining' || phase === 'interrupting'
}

/** A verdict that comes a moment later says as much: that the last attempt failed is no news beside it. */
function isSaidByVerdict({ because }: TaskGaveUp): boolean {
  return because === 'exhausted' || because === 'cancelled' || because === 'poisoned'
}

function drainingText(by: string, hard: boolean): string {
  const why = `Ending the run (${oneLine(by)}): nothing more is started`
  return hard ? `${why} and what runs is cancelled.` : `${why}, what runs may end.`
}
