// Clocks and timers as they were when this process began. A test may put fakes in their places and never take them away; what
// measures it and holds it to its limits must not run on those.
import { performance } from 'node:perf_hooks'

/** Milliseconds that never go back. */
export const monotonicMs: () => number = performance.now.bind(performance)
/** Milliseconds since 1970. */
export const wallMs: () => number = Date.now
/** The platform's `setTimeout`. */
export const startTimer: typeof setTimeout = setTimeout
/** The platform's `clearTimeout`. */
export const stopTimer: typeof clearTimeout = clearTimeout
