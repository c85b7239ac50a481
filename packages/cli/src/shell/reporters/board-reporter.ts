// The live board: draws what `renderBoard` says a few times a second, with finished lines scrolling above it. It holds no
// rules; its business is to leave the terminal as it was, whatever size that takes on in between.
import type { RunEvent } from '@muster/core'
import { createLogUpdate } from 'log-update'
import { boardEventLines } from '../../board/plain-lines.ts'
import { type BoardModel, renderBoard } from '../../board/render-board.ts'
import { blockedLines } from '../../board/task-lines.ts'
import type { RunProgress } from '../../progress/run-progress.ts'
import { verdictKinds } from '../../runs/verdict-kinds.ts'
import { columnsOf } from '../../terminal/fit-width.ts'
import { oneLine } from '../../terminal/plain-text.ts'
import type { Output } from '../output.ts'
import type { Reporter } from './reporter.ts'

/** Time between two frames. */
const frameMs = 100

/** What a board is drawn from and on. */
export interface BoardReporterParts {
  readonly output: Output
  readonly progress: RunProgress
  readonly project: string
  readonly strategy: string
  readonly run: string
  /** Run time now. */
  readonly now: () => number
}

/** Shows a run as a live board, with finished lines scrolling above it. */
export function boardReporter(parts: BoardReporterParts): Reporter {
  const { output, progress } = parts
  const screen = createLogUpdate(output.stream)
  let pending: string[] = []
  /** Tasks that were blocked since the last frame, by who blocks them: thousands may come at once. */
  let blocked = new Map<string, string[]>()
  let frame: readonly string[] = []
  let drawnColumns = output.columns()
  let isOver = false

  const draw = (): void => {
    for (const [by, tasks] of blocked) pending.push(...blockedLines(by, tasks, output.look))
    blocked = new Map()
    const columns = output.columns()
    if (columns !== drawnColumns) forgetFrame(columns)
    if (pending.length > 0) {
      screen.persist(pending.join('\n'))
      pending = []
    }
    frame = renderBoard(modelOf(parts), { columns, rows: output.rows() }, output.look)
    screen(frame.join('\n'))
  }
  /** A terminal of another width has wrapped what was drawn; it is taken away by the rows that it takes up now. */
  const forgetFrame = (columns: number): void => {
    const rows = frame.reduce((sum, line) => sum + Math.max(1, Math.ceil(columnsOf(oneLine(line)) / columns)), 0)
    if (columns < drawnColumns && rows > 0) {
      output.out(`\r\u001B[${String(rows)}A\u001B[0J`)
      screen.done()
    } else screen.clear()
    drawnColumns = columns
  }
  const timer = setInterval(draw, frameMs)
  output.stream.on('resize', draw)
  draw()

  return {
    event: (event: RunEvent) => {
      if (event.kind === 'task-judged' && event.verdict.kind === 'blocked' && event.verdict.limitMs === undefined) {
        const { by } = event.verdict
        const tasks = blocked.get(by)
        if (tasks === undefined) blocked.set(by, [event.task])
        else tasks.push(event.task)
      } else pending.push(...boardEventLines(event, progress, output.look))
    },
    tell: (lines) => {
      pending.push(...lines)
    },
    end: () => {
      if (isOver) return
      isOver = true
      clearInterval(timer)
      output.stream.off('resize', draw)
      draw()
      screen.clear()
      screen.done()
    },
  }
}

function modelOf({ progress, project, strategy, run, now }: BoardReporterParts): BoardModel {
  const nowMs = now()
  return {
    project,
    run,
    strategy,
    phase: progress.phase,
    elapsedMs: nowMs,
    fraction: progress.fraction(nowMs),
    timeLeft: progress.timeLeft(nowMs),
    tasks: progress.tasks,
    slots: progress.slots,
    verdicts: Object.fromEntries(verdictKinds.map((kind) => [kind, progress.verdicts(kind)])),
    cases: progress.cases,
    running: progress.running,
    nowMs,
  }
}
