// The task on which the longest chain hangs goes first ("bottom level", Hu 1961): with dependencies the run can never be
// shorter than its longest chain, so that chain must not wait. Without dependencies this is longest-first.
import type { Policy } from '@muster/core'
import { expectedDurationMs } from '../strategy/expected-duration.ts'
import { longerFirstKey } from '../strategy/longer-first-key.ts'

/**
 * The task with the longest chain of expected milliseconds behind it first, itself included. A task that was added after
 * the chains were worked out counts by its own duration, and comes before all where that is unknown.
 *
 * *When to use*: whenever tasks depend on one another.
 */
export function criticalPathFirst(): Policy {
  return {
    name: 'critical-path-first',
    reads: ['criticalPath'],
    key: ({ criticalPathMs, definition, facts }) =>
      longerFirstKey(criticalPathMs ?? expectedDurationMs(definition, facts)),
  }
}
