// What the store kept of a run: every accepted end, read row by row through the public port, so that nothing that decides
// about a run is asked whether it decided well.
import type { Store } from '@muster/core'
import { readRow } from './read-row.ts'

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
      const row = readRow(bytes)
      for (const id of row.ids) ids.push(id)
      for (const { task, ...end } of row.ends) {
        ends.push({ task: ids[task] ?? `handle ${String(task)}`, ...end, row: seq })
      }
    }
  }
  return { ends, rows: last }
}
