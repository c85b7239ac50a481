// The half of a breaker that decides: whether what was counted, or the time, moves it to another state.
import type { Resolved } from '../options/resolved.ts'
import type { BreakerOptions } from './breaker-options.ts'
import type { BreakerState } from './breaker-state.ts'

/** What a decision about a breaker rests on. */
export interface BreakerContext {
  readonly options: Resolved<BreakerOptions>
  readonly nowMs: number
  /** A number in [0, 1) that takes the jitter off the open time. */
  readonly roll: number
}

/** The state that follows now, or the same object where none does. */
export function settleBreaker(state: BreakerState, context: BreakerContext): BreakerState {
  const { options, nowMs } = context
  switch (state.kind) {
    case 'closed': {
      const failures = state.recent.filter(({ failed }) => failed).length
      if (failures < options.failures || failures < options.rate * state.recent.length) return state
      return open(state.opened, 1, nowMs, context)
    }
    case 'open':
      if (nowMs < state.untilMs) return state
      return {
        kind: 'half-open',
        openings: state.openings,
        opened: state.opened,
        heldSinceMs: state.heldSinceMs,
        underWay: 0,
        succeeded: 0,
        failed: 0,
      }
    case 'half-open': {
      const { openings, opened, heldSinceMs, failed, succeeded, untilMs } = state
      if (failed > 0 || (untilMs !== undefined && nowMs >= untilMs)) {
        if (nowMs - heldSinceMs >= options.maxHeldMs) return { kind: 'spent', answered: false, opened }
        return open(opened, openings + 1, heldSinceMs, context)
      }
      return succeeded >= options.closeAfter ? { kind: 'closed', recent: [], opened } : state
    }
    case 'spent':
      return state.answered ? { kind: 'closed', recent: [], opened: state.opened } : state
  }
}

function open(opened: number, openings: number, heldSinceMs: number, context: BreakerContext): BreakerState {
  const { options, nowMs, roll } = context
  const wholeMs = Math.min(options.maxOpenMs, options.openMs * options.factor ** (openings - 1))
  const openMs = Math.max(1, Math.round(wholeMs * (1 - options.jitter * roll)))
  return { kind: 'open', openings, heldSinceMs, untilMs: nowMs + openMs, opened: opened + 1 }
}
