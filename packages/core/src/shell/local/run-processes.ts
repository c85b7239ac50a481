// All processes of a run on this machine, whoever started them: what must be gone before a run may go on, and after it.
import type { CgroupHome } from './cgroups/find-cgroup-home.ts'
import { cgroupsOf } from './cgroups/run-cgroups.ts'
import { killAll } from './kill-all.ts'
import { belongs, withDescendants, type Belonging } from './find-members.ts'
import { listProcesses } from './process-table.ts'

/** Ids of the living processes that belong to a run or to one slot of it, by their markers; never the caller's own. */
export function findRunProcesses(of: Belonging): readonly number[] {
  const members = withDescendants(listProcesses(), ({ marks }) => belongs(marks, of), new Set())
  return members.map(({ pid }) => pid).filter((pid) => pid !== process.pid)
}

/** Kills them, those in control groups of the run too, and waits until none lives; says how many there were. */
export async function endRunProcesses(of: Belonging, home?: CgroupHome): Promise<number> {
  const groups = home === undefined ? [] : cgroupsOf(home, of)
  const held = (): readonly number[] => groups.flatMap((group) => group.pids() ?? [])
  // Whoever ends a run from within it goes on.
  if (!held().includes(process.pid)) for (const group of groups) group.kill()
  const others = (pid: number): boolean => pid !== process.pid
  const killed = await killAll(() => [...new Set([...findRunProcesses(of), ...held().filter(others)])])
  await Promise.all(groups.map((group) => group.remove()))
  return killed.length
}
