// Keeps the notes of runs in the store, under keys of our own beside the history.
import type { RunReport, Store } from '@muster/core'
import { noteKey, noteOf, notePrefix, readNote, type RunNote } from '../runs/run-note.ts'

/** Writes the note of a run that begins, or has ended. */
export async function keepNote(store: Store, run: string, strategy: string, report?: RunReport): Promise<void> {
  const mark = report === undefined ? 'begun' : `${report.ending} ${String(report.durationMs)}`
  const text = JSON.stringify(noteOf(run, strategy, report))
  await store.foldHistory(`note of ${run}: ${mark}`, [{ key: noteKey(run), text }])
}

/** The notes by run. */
export async function readNotes(store: Store): Promise<ReadonlyMap<string, RunNote>> {
  const records = await store.readHistory({ prefix: notePrefix })
  return new Map(records.flatMap(({ text }) => readNote(text) ?? []).map((note) => [note.run, note]))
}

/** The note of one run, where there is one. */
export async function findNote(store: Store, run: string): Promise<RunNote | undefined> {
  const [record] = await store.readHistory([noteKey(run)])
  return record === undefined ? undefined : readNote(record.text)
}
