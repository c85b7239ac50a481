// What a run changes in the history, worked out from what was read. Pure, so that a fold that met another one on the way can
// simply be decided again on what is there then.
import type { HistoryRecord, RunReport } from '@muster/core'
import type { RetryPolicy } from '@muster/core/retry'
import { foldKnown, knownKeys } from '../failure-groups/known-records.ts'
import { foldRecoveries, keysOfRecoveries } from '../recovery/fold-recoveries.ts'
import { type CountedTasks, countedTasks } from './counted-tasks.ts'
import { foldTask } from './fold-task.ts'
import type { HistoryProblem } from './history-problem.ts'
import { type ReadRecord, readRecord } from './read-record.ts'
import { countedKey, taskKey } from './record-key.ts'
import { type TaskSummary, taskSummary } from './task-summary.ts'

/** What a fold comes to. */
export interface FoldDecision {
  /** Under which name the store remembers the fold. */
  readonly mark: string
  readonly records: readonly HistoryRecord[]
  /** Tasks that go into a summary. */
  readonly tasks: number
  readonly problems: readonly HistoryProblem[]
}

/** Keys of everything that the fold of a report depends on. */
export function keysOfFold(report: RunReport, retry?: RetryPolicy): readonly string[] {
  const judged = report.tasks.filter(({ verdict }) => verdict !== undefined)
  const recoveries = retry === undefined ? [] : keysOfRecoveries(report, retry)
  return [countedKey(report.run), ...knownKeys, ...recoveries, ...judged.map(taskKey)]
}

/** Decides the fold of `report` into `stored`, the records under {@link keysOfFold} as far as there are any. */
export function decideFold(report: RunReport, stored: ReadonlyMap<string, string>, retry?: RetryPolicy): FoldDecision {
  const problems: HistoryProblem[] = []
  const judged = report.tasks.filter(({ verdict }) => verdict !== undefined)
  const mark = report.ending === 'finished' ? report.run : `${report.run} interrupted after ${judged.length}`
  const counted = readCounted(report.run, stored)
  if (counted.kind !== 'read') {
    // Whoever cannot tell what is counted must not count: a doubled run would lie for ever.
    const text = `what run ${report.run} already counted cannot be read (${describe(counted)}); nothing of it was folded`
    return { mark, records: [], tasks: 0, problems: [{ key: countedKey(report.run), kind: 'left-alone', text }] }
  }
  const already = new Set(counted.value.tasks)
  const run = { run: report.run, atWallMs: report.startedAtWallMs }
  const summaries = new Map<string, TaskSummary>()
  for (const task of judged) {
    const key = taskKey(task)
    if (already.has(key)) continue
    const before = readSummary(key, stored.get(key), problems)
    if (before === 'left-alone') continue
    const after = foldTask(before, task, run)
    if (after !== undefined) summaries.set(key, after)
  }
  const records = [...summaries].map(([key, summary]) => ({ key, text: JSON.stringify(summary) }))
  const counts = countedRecord(report, [...already, ...summaries.keys()], stored)
  const ofTasks = counts === undefined ? records : [...records, counts]
  // Where nothing of the run could be kept, it stays unfolded as a whole, for a Muster that can read what is in the way.
  const isStuck = ofTasks.length === 0 && problems.length > 0
  const none = { records: [], problems: [] }
  const known = isStuck ? none : foldKnown(report, stored)
  const news = judged.filter((task) => !already.has(taskKey(task)))
  const recoveries = isStuck || retry === undefined ? none : foldRecoveries(report, news, retry, stored)
  return {
    mark,
    records: [...ofTasks, ...known.records, ...recoveries.records],
    tasks: summaries.size,
    problems: [...problems, ...known.problems, ...recoveries.problems],
  }
}

/** Reads a summary, whichever version wrote it. */
export function readTaskSummary(text: string): ReadRecord<TaskSummary> {
  return readRecord(text, [taskSummary])
}

function readCounted(run: string, stored: ReadonlyMap<string, string>): ReadRecord<CountedTasks> {
  const text = stored.get(countedKey(run))
  if (text === undefined) return { kind: 'read', value: { version: 1, run, tasks: [] } }
  return readRecord(text, [countedTasks])
}

function readSummary(
  key: string,
  text: string | undefined,
  problems: HistoryProblem[],
): TaskSummary | 'left-alone' | undefined {
  if (text === undefined) return undefined
  const read = readTaskSummary(text)
  switch (read.kind) {
    case 'read':
      return read.value
    case 'newer':
      problems.push({ key, kind: 'left-alone', text: `the history under ${key} is kept as it is: ${describe(read)}` })
      return 'left-alone'
    case 'unreadable':
      problems.push({ key, kind: 'begun-anew', text: `the history under ${key} begins anew: ${describe(read)}` })
      return undefined
  }
}

/** Only an interrupted run needs the record; one that ended afterwards gives its room back. */
function countedRecord(
  report: RunReport,
  tasks: readonly string[],
  stored: ReadonlyMap<string, string>,
): HistoryRecord | undefined {
  const key = countedKey(report.run)
  const record = (kept: readonly string[]): HistoryRecord => {
    const value: CountedTasks = { version: 1, run: report.run, tasks: kept }
    return { key, text: JSON.stringify(value) }
  }
  if (report.ending === 'interrupted') return record(tasks)
  return stored.has(key) ? record([]) : undefined
}

function describe(read: Exclude<ReadRecord<unknown>, { readonly kind: 'read' }>): string {
  switch (read.kind) {
    case 'newer':
      return `it was written in version ${read.version} by a newer Muster`
    case 'unreadable':
      return `it does not read back as written, ${read.because}`
  }
}
