// The policy of a core that is used alone: in the order of definition, as far as edges allow.
import type { Policy } from '../ports/policy.ts'

/** First in, first out. */
export function fifo(): Policy {
  return { name: 'fifo', key: (task) => task.order }
}
