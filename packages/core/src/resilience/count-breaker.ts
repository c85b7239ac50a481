// The half of a breaker that only counts: what was observed, folded into the state. It never opens, half-opens or closes
// anything; that is decided by `settleBreaker`. So a journal may hold the decisions and have the counts folded again.
import type { Resolved } from '../options/resolved.ts'
import type { BreakerOptions } from './breaker-options.ts'
import type { BreakerEvent, BreakerState } from './breaker-state.ts'

/** The state with the event counted in. The same object where the event means nothing to it. */
export function countBreaker(
  state: BreakerState,
  event: BreakerEvent,
  { options, nowMs }: { readonly options: Resolved<BreakerOptions>; readonly nowMs: number },
): BreakerState {
  switch (state.kind) {
    case 'closed': {
      if (event.kind !== 'succeeded' && event.kind !== 'failed') return state
      const failed = event.kind === 'failed'
      if (!failed && state.recent.length === 0) return state
      const recent = [...state.recent, { atMs: nowMs, failed }]
        .filter(({ atMs }) => nowMs - atMs < options.windowMs)
        .slice(-options.window)
      // Nothing is remembered of the time before the first failure: what never fails costs nothing.
      const first = recent.findIndex((each) => each.failed)
      return { ...state, recent: first < 0 ? [] : recent.slice(first) }
    }
    case 'open':
      return state
    case 'half-open':
      return countProbe(state, event, nowMs + options.probeMs)
    case 'spent':
      return isSuccess(event) && !state.answered ? { ...state, answered: true } : state
  }
}

type HalfOpen = Extract<BreakerState, { kind: 'half-open' }>

function countProbe(state: HalfOpen, event: BreakerEvent, lateAtMs: number): HalfOpen {
  if (event.kind === 'probe-started') {
    return { ...state, underWay: state.underWay + 1, untilMs: state.untilMs ?? lateAtMs }
  }
  if (event.kind !== 'probe-ended' || event.opened !== state.opened) return state
  const { untilMs, ...rest } = state
  const underWay = state.underWay - 1
  return {
    ...rest,
    underWay,
    succeeded: state.succeeded + (event.as === 'succeeded' ? 1 : 0),
    failed: state.failed + (event.as === 'failed' ? 1 : 0),
    ...(underWay > 0 && untilMs !== undefined ? { untilMs } : {}),
  }
}

function isSuccess(event: BreakerEvent): boolean {
  return event.kind === 'succeeded' || (event.kind === 'probe-ended' && event.as === 'succeeded')
}
