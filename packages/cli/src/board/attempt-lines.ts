// What runs now and since when, one line an attempt, or in columns beside each other where there are more than rows. The time
// is never cut; the last case is left out first, then the beginning of the task's name.
import type { RunningAttempt } from '../progress/live-attempts.ts'
import { compareNames } from '../progress/compare-names.ts'
import { columnsOf, padEnd, padStart, truncateEnd, truncateStart } from '../terminal/fit-width.ts'
import { formatDuration } from '../terminal/format-time.ts'
import type { Look } from '../terminal/look.ts'
import { oneLine } from '../terminal/plain-text.ts'
import type { BoardModel } from './board-model.ts'
import { columnsOfParts, paintLine, type Part } from './paint-line.ts'

/** Columns that an attempt needs for itself where several stand beside each other. */
const narrowestCell = 44

/** Columns below which workers' names and expected times are left out. */
const roomyColumns = 50

/** Columns that the last case needs to say anything. */
const fewestForNews = 12

/** The room for the attempts. */
export interface AttemptRoom {
  readonly columns: number
  readonly rows: number
}

/** What runs, and how many more run or wait. Takes at most the rows that there are, and at least one. */
export function attemptLines(model: BoardModel, { columns, rows }: AttemptRoom, look: Look): readonly string[] {
  const running = model.running.toSorted(
    // Rows must not jump: what began later comes below.
    (a, b) => compareNames(a.worker, b.worker) || a.sinceMs - b.sinceMs || compareNames(a.task, b.task),
  )
  const rest = restOf(model)
  const most = Math.max(1, rest.length > 0 ? rows - 1 : rows)
  const beside = running.length > most ? Math.max(1, Math.floor(columns / narrowestCell)) : 1
  const isCut = running.length > most * beside
  const shownRows = Math.max(1, isCut && rest.length === 0 ? most - 1 : most)
  const shown = running.slice(0, shownRows * beside)
  const hidden = running.length - shown.length
  const more = [...(hidden > 0 ? [`${String(hidden)} more running`] : []), ...rest]
  const lines = gridOf(shown, { beside, columns, rows: shownRows, nowMs: model.nowMs }, look)
  if (more.length === 0 || (rows === 1 && lines.length > 0)) return lines
  return [...lines, paintLine([{ text: ` ${look.symbols.waiting} ${more.join(', ')}`, colour: 'dim' }], columns, look)]
}

function restOf({ tasks }: BoardModel): readonly string[] {
  const waiting = Math.max(0, tasks.total - tasks.judged - tasks.running - tasks.backingOff)
  return [
    ...(waiting > 0 ? [`${String(waiting)} waiting`] : []),
    ...(tasks.backingOff > 0 ? [`${String(tasks.backingOff)} before a retry`] : []),
  ]
}

interface Grid {
  readonly beside: number
  readonly columns: number
  readonly rows: number
  readonly nowMs: number
}

/** Attempts in columns that are read from top to bottom. */
function gridOf(shown: readonly RunningAttempt[], { beside, columns, rows, nowMs }: Grid, look: Look): string[] {
  const cell = Math.floor(columns / beside)
  const height = Math.min(rows, shown.length)
  const widths = attemptWidths(shown, cell, nowMs)
  return Array.from({ length: height }, (_, row) => {
    const parts: Part[] = []
    for (let at = row; at < shown.length; at += height) {
      const attempt = shown[at]
      if (attempt === undefined) break
      const own = fitParts(attemptParts(attempt, nowMs, widths, look), beside > 1 ? cell - 1 : cell)
      parts.push(...own, { text: ' '.repeat(Math.max(0, cell - columnsOfParts(own))) })
    }
    return paintLine(parts, columns, look)
  })
}

interface Widths {
  readonly worker: number
  readonly task: number
  readonly time: number
  readonly isRoomy: boolean
}

function attemptWidths(shown: readonly RunningAttempt[], columns: number, nowMs: number): Widths {
  const isRoomy = columns >= roomyColumns
  const workers = new Set(shown.map(({ worker }) => worker))
  const worker =
    isRoomy && workers.size > 1 ? Math.min(14, Math.max(0, ...shown.map((each) => columnsOf(oneLine(each.worker))))) : 0
  const longest = Math.max(
    0,
    ...shown.map((attempt) => columnsOf(oneLine(attempt.task)) + columnsOf(triesText(attempt, isRoomy))),
  )
  // Wide enough for the times that come next, so that names stay where they are.
  const time = Math.max(isRoomy ? 6 : 5, ...shown.map((each) => columnsOf(elapsedText(each, nowMs, isRoomy))))
  // Three for the sign, two between the name and the time.
  const room = Math.max(1, columns - (worker > 0 ? worker + 1 : 0) - time - 5)
  // The last case gets what is left, but the task's own name comes first.
  return {
    worker,
    time,
    isRoomy,
    task: Math.min(longest, room, isRoomy ? Math.max(24, Math.floor(room * 0.6)) : room),
  }
}

function attemptParts(attempt: RunningAttempt, nowMs: number, widths: Widths, look: Look): readonly Part[] {
  const { symbols } = look
  const late = attempt.expected !== undefined && nowMs - attempt.sinceMs > attempt.expected.p90Ms
  const parts: Part[] = [{ text: ` ${symbols.running} `, colour: attempt.cases.failed > 0 ? 'red' : 'blue' }]
  if (widths.worker > 0) {
    const worker = truncateStart(oneLine(attempt.worker), widths.worker)
    parts.push({ text: `${padEnd(worker, widths.worker)} `, colour: 'dim' })
  }
  const tries = triesText(attempt, widths.isRoomy)
  const name = shortName(oneLine(attempt.task), Math.max(1, widths.task - columnsOf(tries)))
  parts.push({ text: padEnd(name + tries, widths.task) })
  const time = elapsedText(attempt, nowMs, widths.isRoomy)
  parts.push({ text: `  ${padStart(time, widths.time)}`, colour: late ? 'yellow' : 'dim' })
  const news = newsOf(attempt)
  if (news !== undefined) parts.push({ text: ` ${symbols.then} ${news}`, colour: 'dim' })
  return parts
}

/** The parts cut to so many columns; the last one goes where too little of it would be left. */
function fitParts(parts: readonly Part[], columns: number): readonly Part[] {
  const fitted: Part[] = []
  let left = columns
  for (const [at, part] of parts.entries()) {
    const isNews = at === parts.length - 1 && part.text.length > left
    if (left <= 0 || (isNews && left < fewestForNews)) break
    const text = truncateEnd(part.text, left)
    left -= columnsOf(text)
    fitted.push({ ...part, text })
  }
  return fitted
}

/** The end of a path says more than its beginning; of a file's name alone the beginning does, since many end alike. */
function shortName(task: string, columns: number): string {
  const file = task.slice(task.lastIndexOf('/') + 1)
  return columnsOf(file) < columns ? truncateStart(task, columns) : truncateEnd(file, columns)
}

function triesText({ n }: RunningAttempt, isRoomy: boolean): string {
  if (n === 1) return ''
  return isRoomy ? ` (attempt ${String(n)})` : ` #${String(n)}`
}

function elapsedText({ sinceMs, expected }: RunningAttempt, nowMs: number, isRoomy: boolean): string {
  const elapsed = steadyDuration(Math.max(0, nowMs - sinceMs))
  return expected === undefined || !isRoomy ? elapsed : `${elapsed} / ${formatDuration(expected.medianMs)}`
}

/** A duration that counts up before one's eyes: tenths of seconds, since milliseconds would only flicker. */
function steadyDuration(ms: number): string {
  return ms < 9_950 ? `${(Math.floor(ms / 100) / 10).toFixed(1)} s` : formatDuration(ms)
}

/** The last case, or what the executor said last. All of it is provisional until the attempt is accepted. */
function newsOf({ lastCase, cases, message, fraction }: RunningAttempt): string | undefined {
  if (lastCase !== undefined) {
    const seen = cases.passed + cases.failed
    return `${String(seen)}: ${oneLine(lastCase.path.at(-1) ?? '')}`
  }
  if (message !== undefined) return oneLine(message)
  return fraction === undefined ? undefined : `${String(Math.floor(fraction * 100))}%`
}
