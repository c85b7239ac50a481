// Deadlines under overload: the earliest first, the shorter before where they are close, and whatever cannot be met any more
// behind all that can: time spent on it is taken from others. As slack shrinks a task is weighed anew, so that it is given up
// when its chance is gone and not when it would have been started.
import { MusterError, type Policy } from '@muster/core'
import { deadlineOf, noDeadline } from './deadline-strategies.ts'
import { durationSpread, shareWithin } from './duration-spread.ts'

/** How deadlines are weighed. */
export interface DeadlineAwareOptions {
  /** Probability, if it started at once, below which a deadline is given up. @defaultValue `0.1` */
  readonly hopelessBelow?: number | undefined
  /** Milliseconds after which all that wait are weighed anew. @defaultValue `1_000` */
  readonly everyMs?: number | undefined
  /** Milliseconds that a task is taken to last of which nothing is known. @defaultValue `1_000` */
  readonly assumedMs?: number | undefined
}

/**
 * Deadlines that can be met, the earliest first; then tasks without one; then those that are hopeless.
 *
 * *When to use*: there may be more to do than can be done in time.
 *
 * @example
 * ```ts
 * createOrchestrator({ executors, policy: deadlineAware() })
 * ```
 */
export function deadlineAware(options: DeadlineAwareOptions = {}): Policy {
  const { hopelessBelow = 0.1, everyMs = 1000, assumedMs = 1000 } = options
  if (!(hopelessBelow >= 0 && hopelessBelow <= 1))
    throw wrong('`hopelessBelow` to be a share from 0 to 1', hopelessBelow)
  for (const [name, ms] of Object.entries({ everyMs, assumedMs }))
    if (!(Number.isFinite(ms) && ms > 0)) throw wrong(`\`${name}\` to be milliseconds above 0`, ms)
  return {
    name: 'deadline-aware',
    rekeyEveryMs: everyMs,
    key({ definition, facts, order, nowMs = 0 }) {
      const deadlineMs = deadlineOf(definition)
      if (deadlineMs === noDeadline) return [1, order]
      const spread = durationSpread(definition, facts, assumedMs)
      if (shareWithin(spread, deadlineMs - nowMs) < hopelessBelow) return [2, order]
      return [0, deadlineMs + Math.exp(spread.mu)]
    },
  }
}

function wrong(expected: string, got: number): MusterError {
  return new MusterError('OPTIONS_INVALID', { expected, got: String(got) })
}
