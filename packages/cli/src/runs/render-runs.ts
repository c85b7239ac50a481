// The list of past runs as a table.
import type { RunRecord } from '@muster/core'
import { renderTable } from '../tables/render-table.ts'
import { formatDuration } from '../terminal/format-time.ts'
import { oneLine } from '../terminal/plain-text.ts'
import { type RunNote, totalsText } from './run-note.ts'
import { type Standing, standingOf } from './standing.ts'

/** A run with what is remembered of it, for people and as JSON. */
export interface ListedRun {
  readonly run: string
  readonly name: string
  readonly createdAtWallMs: number
  readonly status: RunRecord['status']
  /** As the status, with an open run told apart by whether its owner lives. */
  readonly standing: Standing
  readonly strategy?: string | undefined
  readonly result?: RunNote['result']
}

/** Puts records and notes together. */
export function listRuns(records: readonly RunRecord[], notes: ReadonlyMap<string, RunNote>): readonly ListedRun[] {
  return records.map(({ run, name, createdAtWallMs, status, owner }) => {
    const note = notes.get(run)
    // What a run came to before it was taken up again is not what it has come to.
    const result = note?.result?.ending === status ? note.result : undefined
    const standing = standingOf({ status, owner })
    return { run, name, createdAtWallMs, status, standing, strategy: note?.strategy, result }
  })
}

/** The lines of the table; `when` writes a wall time. */
export function renderRuns(
  runs: readonly ListedRun[],
  when: (wallMs: number) => string,
  columns: number,
): readonly string[] {
  return renderTable(
    [
      { title: 'run' },
      { title: 'when', leaves: 3 },
      { title: 'project', gives: true, leaves: 2 },
      { title: 'ending' },
      { title: 'took', align: 'right', leaves: 4 },
      { title: 'tasks' },
      { title: 'strategy', leaves: 1 },
    ],
    runs.map(({ run, createdAtWallMs, name, standing, result, strategy }) => [
      run,
      when(createdAtWallMs),
      oneLine(name),
      result?.exit ?? standing,
      result === undefined ? '' : formatDuration(result.durationMs),
      result === undefined ? '' : totalsText(result.totals),
      strategy ?? '',
    ]),
    columns,
  )
}
