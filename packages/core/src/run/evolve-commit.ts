// A row of a journal applied by whoever only reads: nobody places anything, so nobody looks at what a placement would.
import type { CommitRecord } from './entry.ts'
import { evolve } from './evolve.ts'
import type { RunState } from './run-state.ts'

/** Applies a row that is durable and gives back the tasks that it judged. */
export function evolveCommit(state: RunState, { atMs, entries }: CommitRecord): readonly number[] {
  state.atMs = Math.max(state.atMs, atMs)
  for (const entry of entries) evolve(state, entry)
  state.newlyReady.length = 0
  state.workers.changed.length = 0
  state.workers.released.length = 0
  state.ledgers.released.length = 0
  state.breakers.released.length = 0
  state.breakers.touched.clear()
  return state.newlyJudged.splice(0)
}
