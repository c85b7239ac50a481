// The board: what a person sees while a run goes on, as lines that each fit the terminal. Texts are cut while they are
// plain and painted last, so a line is never wider than it was measured.
import type { CaseCounts, VerdictKind } from '@muster/core'
import type { RunningAttempt } from '../progress/live-attempts.ts'
import type { ShownPhase, TaskProgress } from '../progress/run-progress.ts'
import type { TimeLeft } from '../progress/time-left.ts'
import { columnsOf, padEnd, padStart, truncateEnd, truncateStart } from '../terminal/fit-width.ts'
import { countOf, formatClock, formatDuration } from '../terminal/format-time.ts'
import { type Look, signOf } from '../terminal/look.ts'
import type { Colour } from '../terminal/paint.ts'
import { oneLine } from '../terminal/plain-text.ts'

/** What the board shows at one moment. */
export interface BoardModel {
  readonly project: string
  readonly run: string
  readonly strategy: string
  readonly phase: ShownPhase
  readonly elapsedMs: number
  readonly fraction: number
  readonly timeLeft: TimeLeft
  readonly tasks: TaskProgress
  readonly slots: number
  readonly verdicts: Readonly<Partial<Record<VerdictKind, number>>>
  /** Cases of accepted attempts. */
  readonly cases: CaseCounts
  readonly running: readonly RunningAttempt[]
  readonly nowMs: number
}

/** The size of the terminal. */
export interface BoardSize {
  readonly columns: number
  readonly rows: number
}

interface Part {
  readonly text: string
  readonly colour?: Colour | undefined
}

/** Fewest columns that anything is laid out for; narrower terminals get lines that are cut. */
const fewestColumns = 20

/** Lines of the board, none wider than `columns - 1`: a full last column would make some terminals wrap. */
export function renderBoard(model: BoardModel, size: BoardSize, look: Look): readonly string[] {
  const columns = Math.max(fewestColumns, size.columns) - 1
  const frame = ['', header(model, columns, look), bar(model, columns, look), times(model, columns, look)]
  const counts = countLines(model, columns, look)
  const room = Math.max(1, size.rows - frame.length - counts.length - 3)
  return [...frame, '', ...attempts(model, columns, room, look), '', ...counts].map((line) =>
    size.columns < fewestColumns ? cutPainted(line, size.columns - 1) : line,
  )
}

function header({ project, run, slots, strategy }: BoardModel, columns: number, look: Look): string {
  const { dot } = look.symbols
  const right = `${countOf(slots, 'slot')} ${dot} ${oneLine(strategy)}`
  const left = ` ${oneLine(project)} ${dot} ${run}`
  const shownRight = columnsOf(left) + columnsOf(right) + 2 <= columns ? right : countOf(slots, 'slot')
  const room = Math.max(8, columns - columnsOf(shownRight) - 2)
  const cut = truncateEnd(left, room)
  const gap = ' '.repeat(Math.max(1, columns - columnsOf(cut) - columnsOf(shownRight)))
  return line([{ text: cut, colour: 'bold' }, { text: gap }, { text: shownRight, colour: 'dim' }], columns, look)
}

function bar({ fraction, tasks, cases, verdicts }: BoardModel, columns: number, look: Look): string {
  const share = `${String(Math.floor(fraction * 100)).padStart(3)}%`
  const done = `${String(tasks.judged)} of ${countOf(tasks.total, 'task')}`
  const caseCount = cases.passed + cases.failed + cases.flaky + cases.skipped
  const words = [share, done, ...(caseCount > 0 ? [countOf(caseCount, 'case')] : [])]
  let text = words.join('   ')
  if (columnsOf(text) + 12 > columns) text = words.slice(0, 2).join('  ')
  const width = Math.max(4, Math.min(60, columns - columnsOf(text) - 4))
  const { full, parts, empty } = look.symbols.bar
  const exact = Math.min(1, Math.max(0, fraction)) * width
  const whole = Math.floor(exact)
  const part = parts[Math.floor((exact - whole) * (parts.length + 1)) - 1] ?? ''
  const filled = full.repeat(whole) + (whole < width ? part : '')
  const bad = (verdicts.failed ?? 0) + (verdicts['timed-out'] ?? 0) + (verdicts.poisoned ?? 0) > 0
  return line(
    [
      { text: ' ' },
      { text: filled, colour: bad ? 'red' : 'green' },
      { text: empty.repeat(Math.max(0, width - columnsOf(filled))), colour: 'dim' },
      { text: `  ${text}` },
    ],
    columns,
    look,
  )
}

function times({ elapsedMs, timeLeft, phase }: BoardModel, columns: number, look: Look): string {
  const elapsed = `${formatClock(elapsedMs)} elapsed`
  const left = phaseText(phase) ?? timeLeftText(timeLeft)
  const colour: Colour = phase === 'running' ? 'dim' : 'yellow'
  return line(
    [
      { text: ` ${elapsed} ${look.symbols.dot} `, colour: 'dim' },
      { text: left, colour },
    ],
    columns,
    look,
  )
}

function phaseText(phase: BoardModel['phase']): string | undefined {
  switch (phase) {
    case 'running':
    case 'over':
      return undefined
    case 'paused':
      return 'paused: nothing more is started'
    case 'draining':
      return 'ending what runs; press Ctrl-C again to cancel it'
    case 'interrupting':
      return 'cancelling what runs; Ctrl-C once more ends everything at once'
  }
}

/** The time left in words: a range, or that it is unknown yet. */
export function timeLeftText(left: TimeLeft): string {
  switch (left.kind) {
    case 'unknown':
      return 'time left unknown yet'
    case 'range': {
      // Rounded up: "0:00 left" would be said of work that is still going on.
      const [low, likely, high] = [left.lowMs, left.likelyMs, left.highMs].map((ms) =>
        formatClock(Math.ceil(ms / 1000) * 1000),
      )
      return low === high ? `about ${likely} left` : `about ${likely} left (${low} to ${high})`
    }
  }
}

function attempts(model: BoardModel, columns: number, room: number, look: Look): readonly string[] {
  const { running, tasks } = model
  const waiting = Math.max(0, tasks.total - tasks.judged - tasks.running - tasks.backingOff)
  const rest = [
    ...(waiting > 0 ? [`${String(waiting)} waiting`] : []),
    ...(tasks.backingOff > 0 ? [`${String(tasks.backingOff)} before a retry`] : []),
  ]
  const most = rest.length > 0 ? Math.max(1, room - 1) : room
  const shown = running.length > most ? running.slice(0, Math.max(1, most - 1)) : running
  const hidden = running.length - shown.length
  const widths = attemptWidths(shown, columns)
  const lines = shown.map((attempt) => attemptLine(attempt, model.nowMs, widths, columns, look))
  const more = [...(hidden > 0 ? [`${String(hidden)} more running`] : []), ...rest]
  if (more.length > 0) {
    lines.push(line([{ text: ` ${look.symbols.waiting} ${more.join(', ')}`, colour: 'dim' }], columns, look))
  }
  return lines
}

interface Widths {
  readonly worker: number
  readonly task: number
  readonly time: number
}

function attemptWidths(shown: readonly RunningAttempt[], columns: number): Widths {
  const workers = new Set(shown.map(({ worker }) => worker))
  const worker = workers.size > 1 ? Math.min(14, Math.max(0, ...shown.map((each) => columnsOf(each.worker)))) : 0
  const longest = Math.max(0, ...shown.map((attempt) => columnsOf(nameOf(attempt))))
  const time = shown.some(({ expected }) => expected !== undefined) ? 17 : 8
  const room = Math.max(10, columns - worker - time - 6)
  // The last case gets what is left, but the task's own name comes first.
  return {
    worker,
    time,
    task: Math.min(longest, columns >= 100 ? Math.floor(room * 0.6) : Math.max(24, Math.floor(room * 0.55))),
  }
}

function attemptLine(attempt: RunningAttempt, nowMs: number, widths: Widths, columns: number, look: Look): string {
  const { symbols } = look
  const late = attempt.expected !== undefined && nowMs - attempt.sinceMs > attempt.expected.p90Ms
  const parts: Part[] = [{ text: ` ${symbols.running} `, colour: attempt.cases.failed > 0 ? 'red' : 'blue' }]
  if (widths.worker > 0) {
    parts.push({
      text: `${padEnd(truncateStart(oneLine(attempt.worker), widths.worker), widths.worker)} `,
      colour: 'dim',
    })
  }
  parts.push({ text: padEnd(truncateStart(nameOf(attempt), widths.task), widths.task) })
  parts.push({ text: padStart(elapsedText(attempt, nowMs), widths.time), colour: late ? 'yellow' : 'dim' })
  const news = newsOf(attempt)
  if (news !== undefined) parts.push({ text: ` ${symbols.then} ${news}`, colour: 'dim' })
  return line(parts, columns, look)
}

function nameOf({ task, n }: RunningAttempt): string {
  return n > 1 ? `${oneLine(task)} (attempt ${String(n)})` : oneLine(task)
}

function elapsedText({ sinceMs, expected }: RunningAttempt, nowMs: number): string {
  const elapsed = formatDuration(Math.max(0, nowMs - sinceMs))
  return expected === undefined ? elapsed : `${elapsed} / ${formatDuration(expected.medianMs)}`
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

function countLines(model: BoardModel, columns: number, look: Look): readonly string[] {
  const shown: readonly (readonly [VerdictKind, boolean])[] = [
    ['passed', true],
    ['flaky', true],
    ['failed', true],
    ['timed-out', false],
    ['blocked', true],
    ['poisoned', false],
    ['unplaceable', false],
    ['skipped', false],
    ['cancelled', false],
  ]
  const parts: Part[] = []
  for (const [kind, always] of shown) {
    const count = model.verdicts[kind] ?? 0
    if (count === 0 && !always) continue
    const { symbol, colour } = signOf(kind, look)
    parts.push({ text: ` ${symbol} ${String(count)} ${kind} `, colour: count === 0 ? 'dim' : colour })
  }
  return wrap(parts, columns).map((row) => line(row, columns, look))
}

function wrap(parts: readonly Part[], columns: number): readonly (readonly Part[])[] {
  const rows: Part[][] = [[]]
  let used = 0
  for (const part of parts) {
    const width = columnsOf(part.text)
    if (used > 0 && used + width > columns) {
      rows.push([])
      used = 0
    }
    rows.at(-1)?.push(part)
    used += width
  }
  return rows
}

/** Joins parts, cuts what would be too wide, and paints. */
function line(parts: readonly Part[], columns: number, { paint }: Look): string {
  let left = columns
  let text = ''
  for (const part of parts) {
    if (left <= 0) break
    const cut = truncateEnd(part.text, left)
    left -= columnsOf(cut)
    text += part.colour === undefined ? cut : paint(part.colour, cut)
  }
  return text.trimEnd()
}

/** For terminals too narrow for any layout: only plain characters are kept. */
function cutPainted(text: string, columns: number): string {
  return truncateEnd(oneLine(text), Math.max(1, columns))
}
