// A row of the journal read by eye, as its schema describes it: a witness asks nobody who wrote it.

/** An accepted end, its task by handle. */
export interface RowEnd {
  readonly task: number
  readonly n: number
  readonly result: string
}

/** What the benchmark looks for in a row. */
export interface RowContents {
  /** Ids of tasks that came in, in order. */
  readonly ids: readonly string[]
  readonly ends: readonly RowEnd[]
}

/** Reads the tasks and ends of a row. */
export function readRow(bytes: string): RowContents {
  const commit: unknown = JSON.parse(bytes)
  if (!isCommit(commit)) throw new Error(`Expected a commit with entries, got ${bytes.slice(0, 80)}.`)
  const ids: string[] = []
  const ends: RowEnd[] = []
  for (const entry of commit.entries) {
    if (entry.kind === 'tasks-added') for (const { id } of entry.tasks ?? []) ids.push(id)
    else if (entry.kind === 'ended')
      ends.push({ task: entry.task ?? -1, n: entry.n ?? 0, result: entry.outcome?.result ?? '' })
    else if (entry.kind === 'passes') {
      for (const task of tasksIn(entry)) ends.push({ task, n: entry.n ?? 0, result: 'passed' })
    }
  }
  return { ids, ends }
}

interface ReadEntry {
  readonly kind: string
  readonly task?: number
  readonly n?: number
  readonly outcome?: { readonly result: string }
  /** Definitions where tasks came in, handles in columns. */
  readonly tasks?: readonly { readonly id: string }[]
}

function tasksIn(entry: ReadEntry): readonly number[] {
  const tasks: unknown = entry.tasks
  return Array.isArray(tasks) ? tasks.filter((task) => typeof task === 'number') : []
}

function isCommit(value: unknown): value is { readonly entries: readonly ReadEntry[] } {
  return typeof value === 'object' && value !== null && 'entries' in value && Array.isArray(value.entries)
}
