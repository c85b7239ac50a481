// An attempt of the timeline in words, for who does not see it and for the tip beside the pointer.
import { durationText } from '../../text/duration-text.ts'
import type { Page } from './page.ts'
import { statusOfLetter } from './status.ts'
import { visibleLine } from './visible-text.ts'
import { waitWords } from './wait-words.ts'

/** Its task first, then how it ended, where it ran and what it waited for. */
export function attemptWords({ attempts, data }: Page, at: number, isOnPath: boolean): readonly string[] {
  const starting = attempts.started(at) - attempts.launched(at)
  const n = attempts.n(at)
  const worker = visibleLine(data.workers[attempts.worker(at)]?.id ?? '')
  return [
    visibleLine(attempts.task(at)),
    `${statusOfLetter(attempts.state(at)).label}${n > 1 ? ` in attempt ${n}` : ''}`,
    `ran ${durationText(attempts.closed(at) - attempts.launched(at))} on ${worker}`,
    `launched ${durationText(attempts.launched(at))} after the start`,
    ...waitWords(attempts, at),
    ...(starting >= 1 ? [`starting: ${durationText(starting)}`] : []),
    ...(isOnPath ? ['on the critical path'] : []),
  ]
}
