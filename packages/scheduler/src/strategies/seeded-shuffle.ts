// An order that is nobody's, the same for the same seed: tests that only pass in the order of definition are found by it.
import type { Policy } from '@muster/core'
import { fnvHash } from '../partition/fnv-hash.ts'

/** Which order. */
export interface ShuffleOptions {
  /** The same seed gives the same order, whatever else there is to run. @defaultValue `0` */
  readonly seed?: number | string | undefined
}

/**
 * An order drawn by the seed and the ids of tasks.
 *
 * *When to use*: to find tests that depend on one another. Measure: orders of two tasks that were tried.
 */
export function seededShuffle({ seed = 0 }: ShuffleOptions = {}): Policy {
  return { name: 'seeded-shuffle', key: ({ definition: { id } }) => fnvHash(`${id}\n${seed}`) }
}
