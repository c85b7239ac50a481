// The upper lines of the board: whose run it is, how far it is, how long it will go on. Each has several wordings, and the
// first that fits is taken: a narrow terminal loses words, never the numbers.
import { columnsOf, truncateEnd } from '../terminal/fit-width.ts'
import { countText } from '../terminal/count-text.ts'
import { formatClock } from '../terminal/format-time.ts'
import type { Look } from '../terminal/look.ts'
import { oneLine } from '../terminal/plain-text.ts'
import type { BoardModel } from './board-model.ts'
import { paintLine } from './paint-line.ts'
import { timeLeftTexts } from './time-left-text.ts'

/** Columns of the bar at most, and where it gets them before words do. */
const widestBar = 60
const niceBar = 10
const narrowestBar = 4

/**
 * Whose run it is, on how many slots, in which order. Nothing is set at the right edge: the shorter a line, the less there is
 * to wrap when the terminal becomes narrower.
 */
export function titleLine({ project, run, slots, strategy }: BoardModel, columns: number, look: Look): string {
  const room = slots === 0 ? 'starting' : countText(slots, 'slot')
  const name = ` ${oneLine(project)}`
  const wordings = [[run, room, oneLine(strategy)], [run, room], [room]].map((words) =>
    words.map((word) => ` ${look.symbols.dot} ${word}`).join(''),
  )
  const rest = wordings.find((text) => columnsOf(name) + columnsOf(text) <= columns) ?? wordings.at(-1) ?? ''
  const cut = truncateEnd(name, Math.max(8, columns - columnsOf(rest)))
  return paintLine(
    [
      { text: cut, colour: 'bold' },
      { text: rest, colour: 'dim' },
    ],
    columns,
    look,
  )
}

/** How much is done, as a bar and in numbers. */
export function barLine({ fraction, tasks, cases, verdicts }: BoardModel, columns: number, look: Look): string {
  const share = `${String(Math.floor(fraction * 100))}%`
  const wide = share.padStart(4)
  const done = `${String(tasks.judged)} of ${countText(tasks.total, 'task')}`
  const caseCount = cases.passed + cases.failed + cases.flaky + cases.skipped
  const short = `${String(tasks.judged)}/${String(tasks.total)}`
  const wordings = [
    ...(caseCount > 0 ? [`${wide}   ${done}   ${countText(caseCount, 'case')}`] : []),
    `${wide}   ${done}`,
    `${wide} ${short}`,
  ]
  const roomBeside = (text: string): number => columns - columnsOf(text) - 3
  const text = wordings.find((each) => roomBeside(each) >= niceBar) ?? `${share} ${short}`
  const width = Math.min(widestBar, roomBeside(text))
  // Where there is no room for a bar that says anything, the numbers alone do.
  if (width < narrowestBar) return paintLine([{ text: ` ${text.trim()}` }], columns, look)
  const bad = (verdicts.failed ?? 0) + (verdicts['timed-out'] ?? 0) + (verdicts.poisoned ?? 0) > 0
  const { filled, empty } = barOf(fraction, width, look)
  return paintLine(
    [
      { text: ' ' },
      { text: filled, colour: bad ? 'red' : 'green' },
      { text: empty, colour: 'dim' },
      { text: `  ${text}` },
    ],
    columns,
    look,
  )
}

function barOf(
  fraction: number,
  width: number,
  { symbols }: Look,
): { readonly filled: string; readonly empty: string } {
  const { full, parts, empty } = symbols.bar
  const exact = Math.min(1, Math.max(0, fraction)) * width
  const whole = Math.floor(exact)
  const part = parts[Math.floor((exact - whole) * (parts.length + 1)) - 1] ?? ''
  const filled = full.repeat(whole) + (whole < width ? part : '')
  return { filled, empty: empty.repeat(Math.max(0, width - columnsOf(filled))) }
}

/** How long it has gone on and will, or what it is doing instead. */
export function timesLine({ elapsedMs, timeLeft, phase }: BoardModel, columns: number, look: Look): string {
  const clock = formatClock(elapsedMs)
  const { dot } = look.symbols
  const rights = phaseTexts(phase) ?? timeLeftTexts(timeLeft)
  const wordings = [
    ...rights.map((right) => [` ${clock} elapsed ${dot} `, right] as const),
    ...rights.map((right) => [` ${clock} ${dot} `, right] as const),
  ]
  const fits = wordings.find(([left, right]) => columnsOf(left) + columnsOf(right) <= columns)
  const [left, right] = fits ?? [` ${clock} ${dot} `, rights.at(-1) ?? '']
  const colour = phase === 'running' ? 'dim' : 'yellow'
  return paintLine(
    [
      { text: left, colour: 'dim' },
      { text: right, colour },
    ],
    columns,
    look,
  )
}

/** What a run does that is not simply going on, in fewer and fewer words. */
function phaseTexts(phase: BoardModel['phase']): readonly string[] | undefined {
  switch (phase) {
    case 'running':
    case 'over':
      return undefined
    case 'paused':
      return ['paused: nothing more is started', 'paused']
    case 'draining':
      return ['ending what runs; press Ctrl-C again to cancel it', 'ending; Ctrl-C cancels', 'ending']
    case 'interrupting':
      return [
        'cancelling what runs; Ctrl-C once more ends everything at once',
        'cancelling; Ctrl-C ends at once',
        'cancelling',
      ]
  }
}
