// The real clock. Waits longer than a timer of the platform can hold are made of several.
import type { CancelWait, Clock } from '../ports/clock.ts'
import { monotonicMs, startTimer, stopTimer, wallMs } from './own-timers.ts'

/** Longest delay that a timer holds, in milliseconds; a longer one would come due at once. */
const longestTimerMs = 2 ** 31 - 1

/** The clock of this machine. */
export function systemClock(): Clock {
  return {
    now: monotonicMs,
    wallNow: wallMs,
    after: (delayMs, then) => wait(delayMs, then),
  }
}

function wait(delayMs: number, then: () => void): CancelWait {
  if (delayMs <= longestTimerMs) {
    const timer = startTimer(then, delayMs)
    return () => {
      stopTimer(timer)
    }
  }
  let cancel: CancelWait
  const timer = startTimer(() => {
    cancel = wait(delayMs - longestTimerMs, then)
  }, longestTimerMs)
  cancel = () => {
    stopTimer(timer)
  }
  return () => {
    cancel()
  }
}
