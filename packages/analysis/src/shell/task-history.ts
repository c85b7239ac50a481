// Reads summaries back from a store. A record that cannot be read, or that a newer Muster wrote, is as good as none here:
// what it says is unknown, and the next fold reports it.
import type { HistoryRecord, Store } from '@muster/core'
import { compareText } from '../history/compare-text.ts'
import { readTaskSummary } from '../history/decide-fold.ts'
import { type TaskName, taskKey, taskPrefix } from '../history/record-key.ts'
import type { TaskSummary } from '../history/task-summary.ts'

/** What the history holds of one task, or nothing. */
export async function taskHistory(store: Store, task: TaskName): Promise<TaskSummary | undefined> {
  const [record] = await store.readHistory([taskKey(task)])
  return record === undefined ? undefined : summaryOf(record)
}

/** What the history holds of the given tasks, or of all it knows; by kind, then by id. */
export async function readSummaries(store: Store, tasks?: readonly TaskName[]): Promise<readonly TaskSummary[]> {
  const records = await store.readHistory(tasks === undefined ? { prefix: taskPrefix } : tasks.map(taskKey))
  return records
    .flatMap((record) => summaryOf(record) ?? [])
    .sort((a, b) => compareText(a.kind, b.kind) || compareText(a.id, b.id))
}

function summaryOf({ text }: HistoryRecord): TaskSummary | undefined {
  const read = readTaskSummary(text)
  return read.kind === 'read' ? read.value : undefined
}
