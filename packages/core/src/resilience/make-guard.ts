// The guards as their users make them: before anything was started.
import { MusterError } from '../errors/muster-error.ts'
import { parseOptions } from '../errors/parse-options.ts'
import { type BreakerOptions, breakerOptions } from './breaker-options.ts'
import { closedBreaker } from './breaker-state.ts'
import type { CircuitBreaker, Guard } from './guard.ts'

/**
 * A guard that lets at most `limit` be under way at the same time.
 *
 * @example
 * ```ts
 * const guard = nextGuard(bulkhead(1), { kind: 'started', id: 'a' }, 0)
 * askGuard(guard, 0).kind // => 'wait'
 * ```
 */
export function bulkhead(limit: number): Guard {
  check('limit', limit, Number.isInteger(limit) && limit >= 1, 'a whole number from 1 up')
  return { kind: 'bulkhead', limit, running: [] }
}

/**
 * A guard that lets so many start a second, and `burst` at once after a quiet time.
 *
 * @example
 * ```ts
 * const guard = nextGuard(rateLimit({ perSecond: 2, burst: 1 }), { kind: 'started', id: 'a' }, 0)
 * askGuard(guard, 0) // => { kind: 'wait', by: 'rate-limit', because: '2 a second may start', untilMs: 500 }
 * ```
 */
export function rateLimit({ perSecond, burst = 1 }: { readonly perSecond: number; readonly burst?: number }): Guard {
  check('perSecond', perSecond, Number.isFinite(perSecond) && perSecond > 0, 'a number above 0')
  check('burst', burst, Number.isFinite(burst) && burst >= 1, 'a number from 1 up')
  return { kind: 'rate-limit', perSecond, burst, tokens: burst, atMs: 0 }
}

/**
 * A guard that says what has been under way for longer than `limitMs` milliseconds; see {@link overdue}.
 *
 * @example
 * ```ts
 * const guard = nextGuard(timeOut(100), { kind: 'started', id: 'a' }, 0)
 * overdue(guard, 100) // => ['a']
 * ```
 */
export function timeOut(limitMs: number): Guard {
  check('limitMs', limitMs, Number.isFinite(limitMs) && limitMs > 0, 'a number of milliseconds above 0')
  return { kind: 'time-out', limitMs, started: [] }
}

/**
 * A guard that lets nothing start while too much fails. `seed` feeds the jitter of its open times.
 *
 * @example
 * ```ts
 * let guard = circuitBreaker({ failures: 1, openMs: 1000, jitter: 0 })
 * guard = nextGuard(guard, { kind: 'started', id: 'a' }, 0)
 * guard = nextGuard(guard, { kind: 'ended', id: 'a', as: 'failed' }, 5)
 * askGuard(guard, 5) // => { kind: 'wait', by: 'circuit-breaker', because: 'it is open', untilMs: 1005 }
 * ```
 */
export function circuitBreaker(options: BreakerOptions = {}, seed = 0): Guard {
  const parsed = parseOptions(breakerOptions, options, 'options of the circuit breaker')
  const made: CircuitBreaker = { kind: 'circuit-breaker', options: parsed, seed, state: closedBreaker, probes: [] }
  return made
}

/**
 * All of several guards: something starts when each of them lets it, and each of them is told.
 *
 * @example
 * ```ts
 * const guard = compose(circuitBreaker(), bulkhead(4), rateLimit({ perSecond: 10 }), timeOut(30_000))
 * askGuard(guard, 0) // => { kind: 'go' }
 * ```
 */
export function compose(...guards: readonly Guard[]): Guard {
  return { kind: 'composed', guards }
}

function check(name: string, got: number, holds: boolean, expected: string): void {
  if (!holds) throw new MusterError('OPTIONS_INVALID', { expected: `\`${name}\` to be ${expected}`, got: String(got) })
}
