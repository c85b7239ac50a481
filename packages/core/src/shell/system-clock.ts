// The real clock. Waits longer than a timer of the platform can hold are made of several.
import { performance } from 'node:perf_hooks'
import type { CancelWait, Clock } from '../ports/clock.ts'

/** Longest delay that a timer holds, in milliseconds; a longer one would come due at once. */
const longestTimerMs = 2 ** 31 - 1

/** The clock of this machine. */
export function systemClock(): Clock {
  return {
    now: () => performance.now(),
    wallNow: () => Date.now(),
    after: (delayMs, then) => wait(delayMs, then),
  }
}

function wait(delayMs: number, then: () => void): CancelWait {
  if (delayMs <= longestTimerMs) {
    const timer = setTimeout(then, delayMs)
    return () => {
      clearTimeout(timer)
    }
  }
  let cancel: CancelWait
  const timer = setTimeout(() => {
    cancel = wait(delayMs - longestTimerMs, then)
  }, longestTimerMs)
  cancel = () => {
    clearTimeout(timer)
  }
  return () => {
    cancel()
  }
}
