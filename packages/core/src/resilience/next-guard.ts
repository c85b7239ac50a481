// What a guard counts. The order of guards does not matter: each is told everything, and none asks another.
import { roll } from '../run/dice.ts'
import type { BreakerEvent } from './breaker-state.ts'
import type { CircuitBreaker, Guard, GuardEvent, RateLimit } from './guard.ts'
import { nextBreaker } from './next-breaker.ts'

/** The guard after an event. */
export function nextGuard(guard: Guard, event: GuardEvent, nowMs: number): Guard {
  switch (guard.kind) {
    case 'bulkhead': {
      if (event.kind === 'tick') return guard
      const others = guard.running.filter((id) => id !== event.id)
      return { ...guard, running: event.kind === 'started' ? [...others, event.id] : others }
    }
    case 'rate-limit': {
      if (event.kind !== 'started') return guard
      return { ...guard, tokens: tokensAt(guard, nowMs) - 1, atMs: Math.max(guard.atMs, nowMs) }
    }
    case 'time-out': {
      if (event.kind === 'tick') return guard
      const others = guard.started.filter(([id]) => id !== event.id)
      return { ...guard, started: event.kind === 'started' ? [...others, [event.id, nowMs]] : others }
    }
    case 'circuit-breaker':
      return nextCircuit(guard, event, nowMs)
    case 'composed':
      return { ...guard, guards: guard.guards.map((each) => nextGuard(each, event, nowMs)) }
  }
}

/** What the bucket holds at a time. */
export function tokensAt({ tokens, burst, perSecond, atMs }: RateLimit, nowMs: number): number {
  return Math.min(burst, tokens + (Math.max(0, nowMs - atMs) * perSecond) / 1000)
}

function nextCircuit(guard: CircuitBreaker, event: GuardEvent, nowMs: number): CircuitBreaker {
  // What came due by now happened before the event did.
  const due = step(guard, { kind: 'tick' }, nowMs)
  switch (event.kind) {
    case 'tick':
      return due
    case 'started': {
      if (due.state.kind !== 'half-open') return due
      const probes: CircuitBreaker['probes'] = [...due.probes, [event.id, due.state.opened]]
      return { ...step(due, { kind: 'probe-started' }, nowMs), probes }
    }
    case 'ended': {
      const { as } = event
      const probe = due.probes.find(([id]) => id === event.id)
      if (probe === undefined) return as === 'neutral' ? due : step(due, { kind: as }, nowMs)
      const probes = due.probes.filter((each) => each !== probe)
      return { ...step(due, { kind: 'probe-ended', opened: probe[1], as }, nowMs), probes }
    }
  }
}

function step(guard: CircuitBreaker, event: BreakerEvent, nowMs: number): CircuitBreaker {
  const { options, seed, state } = guard
  const after = nextBreaker(state, event, { options, nowMs, roll: roll(seed, 0, state.opened, 'breaker') })
  return after === state ? guard : { ...guard, state: after }
}
