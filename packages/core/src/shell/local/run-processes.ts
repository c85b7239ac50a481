// All processes of a run on this machine, whoever started them: what must be gone before a run may go on, and after it.
import { killAll } from './kill-all.ts'
import { belongs, withDescendants, type Belonging } from './find-members.ts'
import { listProcesses } from './process-table.ts'

/** Ids of the living processes that belong to a run or to one slot of it; never the caller's own. */
export function findRunProcesses(of: Belonging): readonly number[] {
  const members = withDescendants(listProcesses(), ({ marks }) => belongs(marks, of), new Set())
  return members.map(({ pid }) => pid).filter((pid) => pid !== process.pid)
}

/** Kills them and waits until none lives; says how many there were. */
export async function endRunProcesses(of: Belonging): Promise<number> {
  return (await killAll(() => findRunProcesses(of))).length
}
