// Longest processing time first: what remains at the end of the run is short, so no worker waits long for another. On m
// equal workers and with true durations a run takes at most 4/3 - 1/(3m) of the shortest possible (Graham, "Bounds on
// Multiprocessing Timing Anomalies", SIAM Journal on Applied Mathematics 17, 1969).
import type { Policy } from '@muster/core'
import { expectedDurationMs } from '../strategy/expected-duration.ts'
import { longerFirstKey } from '../strategy/longer-first-key.ts'

/**
 * The longest expected task first; tasks of unknown duration before all, since a long task found last costs the most.
 *
 * *When to use*: tasks without many dependencies, and a history that is about as fresh as the code.
 *
 * @example
 * ```ts
 * createOrchestrator({ executors, store, policy: longestFirst(), facts: (tasks) => historyFacts(store, tasks) })
 * ```
 */
export function longestFirst(): Policy {
  return {
    name: 'longest-first',
    key: ({ definition, facts }) => longerFirstKey(expectedDurationMs(definition, facts)),
  }
}
