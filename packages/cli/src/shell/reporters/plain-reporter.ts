// The run as lines for a log: one for each finished task, failures whole, what attempts printed in groups that CI services fold,
// and a line after a long silence so that nobody takes the run for dead.
import type { Clock, RunEvent } from '@muster/core'
import { attemptLog } from '../../board/attempt-log.ts'
import { whole } from '../../board/log-detail.ts'
import { heartbeatLine, plainEventLines } from '../../board/plain-lines.ts'
import type { RunProgress } from '../../progress/run-progress.ts'
import { groupedLines } from '../../terminal/log-groups.ts'
import type { Output } from '../output.ts'
import type { Reporter } from './reporter.ts'

/** Silence after which a line says what still runs; each further one takes as long again. */
const silenceMs = 30_000

/** What the lines are made from and where they go. */
export interface PlainReporterParts {
  readonly output: Pick<Output, 'lines' | 'out' | 'look' | 'logService'>
  readonly progress: RunProgress
  readonly clock: Clock
  /** Run time now, in milliseconds. */
  readonly now: () => number
  /** Every case, and what attempts printed that passed. */
  readonly isVerbose: boolean
}

/** Shows a run as lines of a log. */
export function plainReporter({ output, progress, clock, now, isVerbose }: PlainReporterParts): Reporter {
  const { look, logService } = output
  const folds = logService !== 'none'
  // What failed is printed in a group of its own where there are groups.
  const extent = folds ? { ...whole, outputLines: { head: 0, tail: 0 } } : whole
  let groups = 0
  let cancel = wait()
  const said = (): void => {
    cancel()
    cancel = wait()
  }
  const write = (lines: readonly string[]): void => {
    if (lines.length === 0) return
    output.lines(lines)
    said()
  }
  function wait(): () => void {
    return clock.after(silenceMs, () => {
      write([heartbeatLine(progress, now())])
    })
  }
  return {
    event: (event: RunEvent) => {
      write(plainEventLines(event, progress, look, extent))
      const log = attemptLog(event, progress, { isVerbose, folds }, look)
      if (log === undefined) return
      const head = { title: log.title, number: ++groups, unixSeconds: clock.wallNow() / 1000 }
      output.out(`${groupedLines(logService, head, log.lines).join('\n')}\n`)
      said()
    },
    tell: write,
    end: () => {
      cancel()
    },
  }
}
