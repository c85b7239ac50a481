// A test in an endless loop never gives Vitest the turn in which it would call the test timed out, so somebody outside has to
// look. What tells a loop from a slow test is that the worker's event loop stands still.
import { beatMs, type Trace } from '../trace.ts'

/** What is added to a test's own time limit before its worker is taken for stuck, in milliseconds. */
const spareMs = 2000

/** What is watched. */
export interface WatchedRun {
  readonly trace: () => Trace
  /** Hooks around a test may block as well, each for as long as this. In milliseconds. */
  readonly hookTimeoutMs: number
  /** Ends the worker, which stood still for longer than the `limitMs` that Vitest gives what runs. */
  readonly end: (limitMs: number) => void
}

/** Watches until it is disposed of. A machine that slept, or a supervisor that was stopped, is nobody's loop. */
export function watchStall({ trace, hookTimeoutMs, end }: WatchedRun): Disposable {
  let lines = 0
  let heardAtMs = performance.now()
  let lookedAtMs = heardAtMs
  const timer = setInterval(() => {
    const nowMs = performance.now()
    const hasSlept = nowMs - lookedAtMs > 2 * beatMs + spareMs / 2
    lookedAtMs = nowMs
    const seen = trace()
    if (seen.lines !== lines || seen.open.length === 0 || seen.pids.length === 0 || hasSlept) {
      lines = seen.lines
      heardAtMs = nowMs
      return
    }
    const limitMs = Math.max(seen.openLimitMs, hookTimeoutMs)
    if (nowMs - heardAtMs <= limitMs + spareMs) return
    heardAtMs = nowMs
    end(limitMs)
  }, beatMs)
  return { [Symbol.dispose]: () => clearInterval(timer) }
}
