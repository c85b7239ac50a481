// What an attempt waited for, told the same in the timeline and beside a case: waiting for a retry is one thing, waiting for
// room another.
import { durationText } from '../../text/duration-text.ts'
import { shortWaitMs } from '../../timeline/short-wait.ts'
import type { Attempts } from './attempts.ts'
import { visibleLine } from './visible-text.ts'

/** Each wait of an attempt as a short sentence; none where it was launched at once. */
export function waitWords(attempts: Attempts, at: number): readonly string[] {
  const waitedMs = attempts.launched(at) - attempts.ready(at)
  const waitedFor = attempts.waitedFor(at)
  const retryFrom = attempts.retryFrom(at)
  const backedOffMs = retryFrom === undefined ? 0 : attempts.ready(at) - retryFrom
  const isRetry = attempts.n(at) > 1
  return [
    ...(isRetry || waitedFor === undefined ? [] : [`after ${visibleLine(waitedFor)}`]),
    ...(backedOffMs >= 1 ? [`backed off for ${durationText(backedOffMs)} before the retry`] : []),
    ...(waitedMs < 1
      ? []
      : isRetry && retryFrom === undefined
        ? [`waited to be tried again: ${durationText(waitedMs)}`]
        : [`waited ${durationText(waitedMs)} for ${queuedFor(attempts, at, waitedMs)}`]),
  ]
}

function queuedFor(attempts: Attempts, at: number, waitedMs: number): string {
  const known = attempts.queuedFor(at)
  if (known !== undefined) return visibleLine(known)
  return waitedMs <= shortWaitMs ? 'its launch' : 'a slot: every one was taken'
}
