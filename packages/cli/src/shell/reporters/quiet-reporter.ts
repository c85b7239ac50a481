// Failures as they come, and nothing else on standard output; the summary follows when the run is over. What a person must know
// all the same goes to standard error.
import type { RunEvent } from '@muster/core'
import { whole } from '../../board/log-detail.ts'
import { plainEventLines } from '../../board/plain-lines.ts'
import type { RunProgress } from '../../progress/run-progress.ts'
import type { Output } from '../output.ts'
import type { Reporter } from './reporter.ts'

/** Shows failures alone. */
export function quietReporter(output: Pick<Output, 'lines' | 'say' | 'look'>, progress: RunProgress): Reporter {
  const tell = (lines: readonly string[]): void => {
    for (const line of lines) output.say(line)
  }
  return {
    event: (event: RunEvent) => {
      if (event.kind === 'note') tell(plainEventLines(event, progress, output.look))
      if (event.kind !== 'task-judged') return
      const { kind } = event.verdict
      if (kind === 'failed' || kind === 'timed-out' || kind === 'poisoned' || kind === 'unplaceable') {
        output.lines(plainEventLines(event, progress, output.look, whole))
      }
    },
    tell,
    end: () => undefined,
  }
}
