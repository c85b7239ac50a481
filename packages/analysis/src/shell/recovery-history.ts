// What the history in a store knows of recovery. A record that cannot be read, or that a newer Muster wrote, is as good as none.
import type { Store } from '@muster/core'
import { type RecoveryRecord, situationKey } from '@muster/core/recovery'
import { recoveryRecordSchema } from '@muster/core/schemas'
import { readRecord } from '../history/read-record.ts'
import { recoveryPrefix } from '../recovery/fold-recoveries.ts'

/**
 * Everything that is known of recovery strategies, by situation: what `planRecovery` and `chooseRecovery` of
 * `@muster/core/recovery` ask for.
 *
 * @example
 * ```ts
 * const records = await recoveryHistory(store)
 * const { retry } = planRecovery({ retry: { maxAttempts: 3 }, records, nowWallMs: Date.now(), roll: Math.random })
 * ```
 */
export async function recoveryHistory(store: Pick<Store, 'readHistory'>): Promise<ReadonlyMap<string, RecoveryRecord>> {
  const records = new Map<string, RecoveryRecord>()
  for (const { text } of await store.readHistory({ prefix: recoveryPrefix })) {
    const read = readRecord(text, [recoveryRecordSchema])
    if (read.kind === 'read') records.set(situationKey(read.value), read.value)
  }
  return records
}
