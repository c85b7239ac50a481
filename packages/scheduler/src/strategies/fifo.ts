// First in, first out: the order of definition as far as edges allow. What a run falls back to where nothing is known, and
// what every other strategy has to beat.
import type { Policy } from '@muster/core'

/**
 * The order of definition.
 *
 * *When to use*: without any history, or where it no longer fits: on stale durations this beats longest-first.
 */
export function fifo(): Policy {
  return { name: 'fifo', key: (task) => task.order }
}
