// The events of a run as its journal tells them, the same that were told live: evolve alone, so neither a policy nor an engine
// is needed. Notes and news of attempts that were running are kept nowhere and therefore missing.
import type { RunEvent } from '../events/run-event.ts'
import type { CommitRecord } from './entry.ts'
import { evolveCommit } from './evolve-commit.ts'
import { RunState } from './run-state.ts'
import { tellStep } from './tell-step.ts'

/** Reads a journal row by row. */
export class JournalEvents {
  /** The state after the last row that was taken. */
  readonly state: RunState = new RunState()

  /** Takes the row at `position`; its events are worked out only where somebody is told. */
  take(commit: CommitRecord, position: number, tell?: (event: RunEvent) => void): void {
    const { state } = this
    const judged = evolveCommit(state, commit)
    if (tell !== undefined) tellStep(state, { entries: commit.entries, notes: [], judged }, position, tell)
  }
}
