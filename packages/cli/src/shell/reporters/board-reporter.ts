// The live board: draws what `renderBoard` says a few times a second, with finished lines scrolling above it. It holds no
// rules; its business is to leave the terminal as it was, whatever size that takes on in between.
import type { RunEvent } from '@muster/core'
import { verdictKinds } from '@muster/core/model'
import type { LogDetail } from '../../board/log-detail.ts'
import { boardEventLines } from '../../board/plain-lines.ts'
import type { BoardModel } from '../../board/board-model.ts'
import { renderBoard } from '../../board/render-board.ts'
import { blockedLines } from '../../board/task-lines.ts'
import { compareNames } from '../../progress/compare-names.ts'
import type { RunProgress } from '../../progress/run-progress.ts'
import type { Output } from '../output.ts'
import type { Reporter } from './reporter.ts'
import { Screen } from './screen.ts'

/** Time between two frames, in milliseconds. */
const frameMs = 100

/** What a board is drawn from and on. */
export interface BoardReporterParts {
  readonly output: Output
  readonly progress: RunProgress
  readonly project: string
  readonly strategy: string
  readonly run: string
  /** Run time now, in milliseconds. */
  readonly now: () => number
  readonly detail: LogDetail
}

/** Shows a run as a live board, with finished lines scrolling above it. */
export function boardReporter(parts: BoardReporterParts): Reporter {
  const { output, progress } = parts
  const screen = new Screen(output)
  let pending: string[] = []
  /** Tasks that were blocked since the last frame, by who blocks them: thousands may come at once. */
  let blocked = new Map<string, string[]>()
  let isOver = false

  const take = (): readonly string[] => {
    for (const [by, tasks] of blocked) pending.push(...blockedLines(by, tasks.toSorted(compareNames), output.look))
    blocked = new Map()
    const lines = pending
    pending = []
    return lines
  }
  const draw = (): void => {
    const size = { columns: output.columns(), rows: output.rows() }
    screen.draw(renderBoard(modelOf(parts), size, output.look), take())
  }
  /** Ctrl-Z: the shell gets its terminal as it was; the next frame after `fg` draws anew. */
  const stopAsAsked = (): void => {
    screen.leave()
    process.off('SIGTSTP', stopAsAsked)
    process.kill(process.pid, 'SIGTSTP')
    process.on('SIGTSTP', stopAsAsked)
  }
  const timer = setInterval(draw, frameMs)
  output.stream.on('resize', draw)
  process.on('SIGTSTP', stopAsAsked)
  draw()

  return {
    event: (event: RunEvent) => {
      if (event.kind === 'task-judged' && event.verdict.kind === 'blocked' && event.verdict.limitMs === undefined) {
        const { by } = event.verdict
        const tasks = blocked.get(by)
        if (tasks === undefined) blocked.set(by, [event.task])
        else tasks.push(event.task)
      } else pending.push(...boardEventLines(event, progress, output.look, parts.detail))
    },
    tell: (lines) => {
      pending.push(...lines)
    },
    end: () => {
      if (isOver) return
      isOver = true
      clearInterval(timer)
      output.stream.off('resize', draw)
      process.off('SIGTSTP', stopAsAsked)
      screen.close()
      output.lines(take())
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
    held: progress.held,
    nowMs,
  }
}
