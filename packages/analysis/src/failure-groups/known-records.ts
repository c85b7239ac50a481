// Where the history keeps what it knows of causes, and how a run goes into it. Pure, so that a fold that met another one on the
// way can be decided again.
import type { HistoryRecord, RunReport } from '@muster/core'
import type { HistoryProblem } from '../history/history-problem.ts'
import { type ReadRecord, readRecord } from '../history/read-record.ts'
import type { SeenRun } from '../history/task-summary.ts'
import { groupFailures } from './group-failures.ts'
import {
  foldCauses,
  type KnownCauses,
  knownCauses,
  type KnownFailure,
  type KnownFailures,
  knownRuns,
  type KnownRuns,
  mergeRuns,
} from './known-failures.ts'

/** Every key of what is known of causes begins so. */
const causesPrefix = 'failures/1/'
const runsKey = `${causesPrefix}runs`

/** The key of the record that holds a cause. */
function causesKey(id: string): string {
  return `${causesPrefix}${id.slice(-1)}`
}

/** All keys of what is known of causes: there are never more. */
export const knownKeys: readonly string[] = [
  runsKey,
  ...Array.from({ length: 16 }, (_, digit) => causesKey(digit.toString(16))),
]

/** What the stored records say; one that cannot be read is as good as none here, the next fold reports it. */
export function readKnown(stored: ReadonlyMap<string, string>, run: SeenRun): KnownFailures {
  const causes = new Map<string, KnownFailure>()
  for (const key of knownKeys.slice(1)) {
    const read = readCauses(stored.get(key))
    if (read.kind === 'read') for (const cause of read.value.causes) causes.set(cause.id, cause)
  }
  const runs = readRuns(stored.get(runsKey))
  return { run, runs: runs.kind === 'read' ? runs.value.runs : [], causes }
}

/** The records that change when `report` goes in; a run that is folded twice changes nothing the second time. */
export function foldKnown(
  report: RunReport,
  stored: ReadonlyMap<string, string>,
): { readonly records: readonly HistoryRecord[]; readonly problems: readonly HistoryProblem[] } {
  const run = { run: report.run, atWallMs: report.startedAtWallMs }
  const problems: HistoryProblem[] = []
  const records: HistoryRecord[] = []
  const { groups } = report.failureGroups ?? groupFailures(report)
  for (const key of new Set(groups.map(({ id }) => causesKey(id)))) {
    const read = readCauses(stored.get(key))
    const before = usable(key, read, problems, { version: 1, causes: [] } satisfies KnownCauses)
    if (before === undefined) continue
    const after = foldCauses(
      before,
      groups.filter(({ id }) => causesKey(id) === key),
      run,
    )
    records.push({ key, text: JSON.stringify(after) })
  }
  const before = usable(runsKey, readRuns(stored.get(runsKey)), problems, { version: 1, runs: [] } satisfies KnownRuns)
  if (before !== undefined)
    records.push({ key: runsKey, text: JSON.stringify(mergeRuns(before, { version: 1, runs: [run] })) })
  return { records, problems }
}

function usable<Value>(
  key: string,
  read: ReadRecord<Value>,
  problems: HistoryProblem[],
  empty: Value,
): Value | undefined {
  switch (read.kind) {
    case 'read':
      return read.value
    case 'newer':
      problems.push({
        key,
        kind: 'left-alone',
        text: `what is known of failures under ${key} is kept as it is: it was written in version ${read.version} by a newer Muster`,
      })
      return undefined
    case 'unreadable':
      problems.push({
        key,
        kind: 'begun-anew',
        text: `what is known of failures under ${key} begins anew: it does not read back as written, ${read.because}`,
      })
      return empty
  }
}

function readCauses(text: string | undefined): ReadRecord<KnownCauses> {
  return text === undefined ? { kind: 'read', value: { version: 1, causes: [] } } : readRecord(text, [knownCauses])
}

function readRuns(text: string | undefined): ReadRecord<KnownRuns> {
  return text === undefined ? { kind: 'read', value: { version: 1, runs: [] } } : readRecord(text, [knownRuns])
}
