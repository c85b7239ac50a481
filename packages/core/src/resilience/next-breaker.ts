// The circuit breaker as one function of state, event and time, for those who keep its state themselves.
import type { BreakerOptions } from './breaker-options.ts'
import type { BreakerEvent, BreakerState } from './breaker-state.ts'
import type { Resolved } from '../options/resolved.ts'
import { countBreaker } from './count-breaker.ts'
import { type BreakerContext, settleBreaker } from './settle-breaker.ts'

/**
 * The state after an event: it is counted, then it is decided what follows. Opens on too many failures, half-opens once the
 * open time is over, closes only after probes succeeded.
 *
 * @example
 * ```ts
 * const options = breakerOptions.parse({ failures: 2, openMs: 1000, jitter: 0 })
 * let state = closedBreaker
 * for (const nowMs of [10, 20]) state = nextBreaker(state, { kind: 'failed' }, { options, nowMs, roll: 0 })
 * state.kind // => 'open'
 * breakerAdmits(state, options) // => 0
 * nextBreaker(state, { kind: 'tick' }, { options, nowMs: 1020, roll: 0 }).kind // => 'half-open'
 * ```
 */
export function nextBreaker(state: BreakerState, event: BreakerEvent, context: BreakerContext): BreakerState {
  return settleBreaker(countBreaker(state, event, context), context)
}

/** How many may start now: none while it is open, the probes that are left while it is half-open, else any number. */
export function breakerAdmits(state: BreakerState, { probes }: Resolved<BreakerOptions>): number {
  switch (state.kind) {
    case 'closed':
    case 'spent':
      return Infinity
    case 'open':
      return 0
    case 'half-open':
      return Math.max(0, probes - state.underWay)
  }
}

/** When it has to be told that time went by, or nothing where only an event can move it. */
export function breakerDueMs(state: BreakerState): number | undefined {
  return state.kind === 'open' || state.kind === 'half-open' ? state.untilMs : undefined
}
