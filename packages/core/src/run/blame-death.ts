// A worker died, and several attempts with it: which of them is the first cause. The one that workers have died under before
// is; where that is none of them, or several, all stay suspects, and whatever started last is named for now.
import type { OpenRow, RunState } from './run-state.ts'

/** The attempts in the order in which they are lost, the first cause first. */
export function blameDeath(state: RunState, open: readonly OpenRow[]): readonly OpenRow[] {
  const deaths = ({ task }: OpenRow): number => state.suspicion.get(task) ?? 0
  return [...open].sort((a, b) => deaths(b) - deaths(a) || b.row - a.row)
}
