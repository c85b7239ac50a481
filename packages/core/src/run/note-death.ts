// A worker died under an attempt: who is a suspect from then on. The first cause always is. What went down with it is one too
// as long as nobody knew better, and no longer once the cause had killed a worker before.
import type { RunState } from './run-state.ts'

/** An attempt was lost with its worker; `causedBy` is the attempt that is taken to be the cause, where it is another one. */
export function noteDeath(
  state: RunState,
  row: number,
  causedBy: { readonly task: number; readonly n: number } | undefined,
): boolean {
  const { suspicion, attempts } = state
  const task = attempts.task(row)
  if (causedBy !== undefined) {
    const cause = rowOf(state, causedBy)
    if (cause !== undefined) {
      state.collateral.set(row, cause)
      const together = state.deaths.get(cause)
      if (together === undefined) state.deaths.set(cause, [row])
      else together.push(row)
    }
    // The cause was lost before this one, so it counts this death already.
    if ((suspicion.get(causedBy.task) ?? 0) > 1) return false
  }
  suspicion.set(task, (suspicion.get(task) ?? 0) + 1)
  return causedBy === undefined
}

function rowOf(
  { tasks, attempts }: RunState,
  { task, n }: { readonly task: number; readonly n: number },
): number | undefined {
  let row = tasks.lastAttempt(task)
  for (let at = tasks.n(task); at > n && row >= 0; at--) row = attempts.before(row)
  return row < 0 ? undefined : row
}
