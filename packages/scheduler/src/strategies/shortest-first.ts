// Shortest processing time first: on equal workers no order makes tasks wait less on average. The price is the end of the
// run, where the long ones are left over.
import type { Policy } from '@muster/core'
import { expectedDurationMs } from '../strategy/expected-duration.ts'

/**
 * The shortest expected task first; tasks of unknown duration last.
 *
 * *When to use*: many results soon matter more than the last one, as on a developer's own machine. Measure: mean wait.
 */
export function shortestFirst(): Policy {
  return {
    name: 'shortest-first',
    key: ({ definition, facts }) => expectedDurationMs(definition, facts) ?? Number.MAX_VALUE,
  }
}
