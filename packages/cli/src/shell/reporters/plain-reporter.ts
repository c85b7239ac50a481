// The run as lines for a log: one for each finished task, and one after a long silence so that nobody takes it for dead.
import type { Clock, RunEvent } from '@muster/core'
import { heartbeatLine, plainEventLines } from '../../board/plain-lines.ts'
import type { RunProgress } from '../../progress/run-progress.ts'
import type { Output } from '../output.ts'
import type { Reporter } from './reporter.ts'

/** Silence after which a line says what still runs; each further one takes as long again. */
const silenceMs = 30_000

export interface PlainReporterParts {
  readonly output: Output
  readonly progress: RunProgress
  readonly clock: Clock
  /** Run time now. */
  readonly now: () => number
}

export function plainReporter({ output, progress, clock, now }: PlainReporterParts): Reporter {
  let cancel = wait()
  const write = (lines: readonly string[]): void => {
    if (lines.length === 0) return
    output.lines(lines)
    cancel()
    cancel = wait()
  }
  function wait(): () => void {
    return clock.after(silenceMs, () => {
      write([heartbeatLine(progress, now())])
    })
  }
  return {
    event: (event: RunEvent) => {
      write(plainEventLines(event, progress, output.look))
    },
    tell: write,
    end: () => {
      cancel()
    },
  }
}
