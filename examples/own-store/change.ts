// The lines of the file: what changed the store, in order. Carried out again on an empty store they lead to the same state,
// refusals included.
import type { Commit, HistoryRecord, JournalWriter, OpenJournalRequest, RunRecord, Store } from '@muster/core'

export type Change =
  | { readonly change: 'create'; readonly run: Pick<RunRecord, 'run' | 'name' | 'createdAtWallMs'> }
  | { readonly change: 'open'; readonly request: OpenJournalRequest }
  | { readonly change: 'append'; readonly run: string; readonly epoch: number; readonly commit: Commit }
  | { readonly change: 'delete'; readonly runs: readonly string[] }
  | { readonly change: 'fold'; readonly run: string; readonly records: readonly HistoryRecord[] }

export async function carryOutAgain(store: Store, changes: readonly Change[]): Promise<void> {
  const writers = new Map<string, JournalWriter>()
  const letGo = async (runs?: readonly string[]): Promise<void> => {
    for (const writer of writers.values()) {
      // A former owner of the run has nothing left to give back.
      if (runs === undefined || runs.includes(writer.run)) await writer.close().catch(() => undefined)
    }
  }
  for (const line of changes) {
    switch (line.change) {
      case 'create':
        await store.createRun(line.run)
        break
      case 'open': {
        const writer = await store.openJournal({ ...line.request, takeOver: true })
        writers.set(`${writer.epoch} ${writer.run}`, writer)
        break
      }
      case 'append': {
        const writer = writers.get(`${line.epoch} ${line.run}`)
        // What was refused then, such as a row that leaves a gap, is refused again.
        await writer?.append(line.commit).catch(() => undefined)
        break
      }
      case 'delete':
        await letGo(line.runs)
        await store.deleteRuns(line.runs)
        break
      case 'fold':
        await store.foldHistory(line.run, line.records)
        break
    }
  }
  // Whoever owned a run when the file was closed, or when its process died, is gone.
  await letGo()
}
