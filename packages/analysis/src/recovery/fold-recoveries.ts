// The uses of recovery strategies in a run go into the history, one record a situation. Pure: see `decide-fold.ts`.
import type { HistoryRecord, RunReport, TaskReport } from '@muster/core'
import { foldRecovery, type RecoveryRecord, situationKey } from '@muster/core/recovery'
import type { RetryPolicy } from '@muster/core/retry'
import { recoveryRecordSchema } from '@muster/core/schemas'
import type { HistoryProblem } from '../history/history-problem.ts'
import { readRecord } from '../history/read-record.ts'
import { recoveryUses } from './recovery-uses.ts'

/** Every key of what is known of recovery begins so. */
export const recoveryPrefix = 'recovery/1/'

/** Keys of the records that the run of `report` may change. */
export function keysOfRecoveries(report: RunReport, policy: RetryPolicy): readonly string[] {
  const uses = report.tasks.flatMap((task) => recoveryUses(task, policy, report))
  return [...new Set(uses.map(({ situation }) => recoveryPrefix + situationKey(situation)))]
}

/** The records after the uses in `tasks`. */
export function foldRecoveries(
  report: RunReport,
  tasks: readonly TaskReport[],
  policy: RetryPolicy,
  stored: ReadonlyMap<string, string>,
): { readonly records: readonly HistoryRecord[]; readonly problems: readonly HistoryProblem[] } {
  const problems: HistoryProblem[] = []
  const records = new Map<string, RecoveryRecord | 'left-alone'>()
  for (const { situation, sample } of tasks.flatMap((task) => recoveryUses(task, policy, report))) {
    const key = recoveryPrefix + situationKey(situation)
    const before = records.get(key) ?? readBefore(key, stored.get(key), problems)
    if (before !== 'left-alone') records.set(key, foldRecovery(before, situation, sample))
    else records.set(key, before)
  }
  return {
    records: [...records].flatMap(([key, record]) =>
      record === 'left-alone' ? [] : [{ key, text: JSON.stringify(record) }],
    ),
    problems,
  }
}

function readBefore(
  key: string,
  text: string | undefined,
  problems: HistoryProblem[],
): RecoveryRecord | 'left-alone' | undefined {
  if (text === undefined) return undefined
  const read = readRecord(text, [recoveryRecordSchema])
  switch (read.kind) {
    case 'read':
      return read.value
    case 'newer':
      problems.push({
        key,
        kind: 'left-alone',
        text: `what is known of recovery under ${key} is kept as it is: a newer Muster wrote it`,
      })
      return 'left-alone'
    case 'unreadable':
      problems.push({
        key,
        kind: 'begun-anew',
        text: `what is known of recovery under ${key} begins anew: ${read.because}`,
      })
      return undefined
  }
}
