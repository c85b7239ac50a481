// The longest first where nobody knows what is long: a larger file usually holds more tests. It is no more than a guess, but
// on a first run there is nothing better, and a file that takes a third of a suite and starts last leaves every other worker
// idle for most of the run.
import type { Policy } from '@muster/core'
import { longerFirstKey } from '../strategy/longer-first-key.ts'

/**
 * The task with the most bytes of `sizeBytes` first; tasks whose size nobody knows before all.
 *
 * *When to use*: test files that have never been run. As soon as durations are known, `hedgedLongestFirst` knows better.
 *
 * @example
 * ```ts
 * createOrchestrator({ runners: [vitest()], store, policy: largestFirst() })
 * ```
 */
export function largestFirst(): Policy {
  return { name: 'largest-first', key: ({ definition }) => longerFirstKey(definition.sizeBytes) }
}
