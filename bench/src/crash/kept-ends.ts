// What the store kept of a run: every accepted end, read row by row through the public port, so that nothing that decides
// about a run is asked whether it decided well.
import type { Store } from '@muster/core'

/** One accepted end. */
export interface KeptEnd {
  readonly task: string
  readonly n: number
  readonly result: string
  readonly row: number
}

/** All accepted ends in the order of the journal, and how many rows it has. */
export async function readKeptEnds(
  store: Store,
  run: string,
): Promise<{ readonly ends: readonly KeptEnd[]; readonly rows: number }> {
  const ids: string[] = []
  const ends: KeptEnd[] = []
  let last = 0
  for await (const rows of store.readJournal(run)) {
    for (const { seq, bytes } of rows) {
      last = seq
      for (const entry of entriesOf(bytes)) {
        if (entry.kind === 'tasks-added') for (const { id } of entry.tasks ?? []) ids.push(id)
        if (entry.kind !== 'ended') continue
        const { task = -1, n = 0, outcome } = entry
        ends.push({ task: ids[task] ?? `handle ${String(task)}`, n, result: outcome?.result ?? '', row: seq })
      }
    }
  }
  return { ends, rows: last }
}

interface ReadEntry {
  readonly kind: string
  readonly task?: number
  readonly n?: number
  readonly outcome?: { readonly result: string }
  readonly tasks?: readonly { readonly id: string }[]
}

function entriesOf(bytes: string): readonly ReadEntry[] {
  const commit: unknown = JSON.parse(bytes)
  if (isCommit(commit)) return commit.entries
  throw new Error(`Expected a commit with entries, got ${bytes.slice(0, 80)}.`)
}

function isCommit(value: unknown): value is { readonly entries: readonly ReadEntry[] } {
  return typeof value === 'object' && value !== null && 'entries' in value && Array.isArray(value.entries)
}
