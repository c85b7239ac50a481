// What a store's history knows of the causes of failures.
import type { RunReport, Store } from '@muster/core'
import type { KnownFailures } from '../failure-groups/known-failures.ts'
import { knownKeys, readKnown } from '../failure-groups/known-records.ts'

/**
 * What the history in `store` knew of causes before the run of `report`, for the standing of its groups. The run may have been
 * folded in already: what it added is left out.
 *
 * @example
 * ```ts
 * const known = await knownFailures(store, report)
 * console.log(groupFailures(report, { known }).sentence) // 412 failures, 3 causes: 2 new, 1 recurring.
 * ```
 */
export async function knownFailures(
  store: Pick<Store, 'readHistory'>,
  { run, startedAtWallMs }: Pick<RunReport, 'run' | 'startedAtWallMs'>,
): Promise<KnownFailures> {
  const records = await store.readHistory(knownKeys)
  return readKnown(new Map(records.map(({ key, text }) => [key, text])), { run, atWallMs: startedAtWallMs })
}
