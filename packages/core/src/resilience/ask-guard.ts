// What a guard says: whether something may start, what has been under way for too long, and when to ask again. Reads only.
import type { Guard, GuardAnswer } from './guard.ts'
import { breakerAdmits, breakerDueMs } from './next-breaker.ts'
import { nextGuard, tokensAt } from './next-guard.ts'

/** Whether something may start now. Of several guards that say no, the one that says so for longest answers. */
export function askGuard(guard: Guard, nowMs: number): GuardAnswer {
  switch (guard.kind) {
    case 'bulkhead':
      if (guard.running.length < guard.limit) return { kind: 'go' }
      return { kind: 'wait', by: 'bulkhead', because: `${String(guard.limit)} are under way` }
    case 'rate-limit': {
      const missing = 1 - tokensAt(guard, nowMs)
      // A hair of tolerance: a tenth ten times is not quite one.
      if (missing <= 1e-9) return { kind: 'go' }
      const because = `${String(guard.perSecond)} a second may start`
      return {
        kind: 'wait',
        by: 'rate-limit',
        because,
        untilMs: nowMs + Math.ceil((missing * 1000) / guard.perSecond - 1e-6),
      }
    }
    case 'time-out':
      return { kind: 'go' }
    case 'circuit-breaker': {
      const now = nextGuard(guard, { kind: 'tick' }, nowMs)
      if (now.kind !== 'circuit-breaker' || breakerAdmits(now.state, now.options) > 0) return { kind: 'go' }
      const untilMs = breakerDueMs(now.state)
      const because = now.state.kind === 'open' ? 'it is open' : 'its probes are under way'
      return { kind: 'wait', by: 'circuit-breaker', because, ...(untilMs === undefined ? {} : { untilMs }) }
    }
    case 'composed':
      return guard.guards.map((each) => askGuard(each, nowMs)).reduce(longer, { kind: 'go' })
  }
}

/** Ids of what has been under way for longer than a time-out allows. */
export function overdue(guard: Guard, nowMs: number): readonly string[] {
  switch (guard.kind) {
    case 'time-out':
      return guard.started.filter(([, atMs]) => nowMs - atMs >= guard.limitMs).map(([id]) => id)
    case 'composed':
      return [...new Set(guard.guards.flatMap((each) => overdue(each, nowMs)))]
    case 'bulkhead':
    case 'rate-limit':
    case 'circuit-breaker':
      return []
  }
}

/** When something comes due though no event does: a time-out, or a breaker that half-opens. Nothing where nothing does. */
export function guardDueMs(guard: Guard): number | undefined {
  switch (guard.kind) {
    case 'time-out':
      return guard.started.reduce<number | undefined>(
        (least, [, atMs]) => sooner(least, atMs + guard.limitMs),
        undefined,
      )
    case 'circuit-breaker':
      return breakerDueMs(guard.state)
    case 'composed':
      return guard.guards.reduce<number | undefined>((least, each) => sooner(least, guardDueMs(each)), undefined)
    case 'bulkhead':
    case 'rate-limit':
      return undefined
  }
}

function sooner(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : b === undefined ? a : Math.min(a, b)
}

function longer(a: GuardAnswer, b: GuardAnswer): GuardAnswer {
  if (b.kind === 'go') return a
  if (a.kind === 'go') return b
  return (a.untilMs ?? Infinity) >= (b.untilMs ?? Infinity) ? a : b
}
