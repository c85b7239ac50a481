// Who is left in a process group whose leader has ended. Asked only when somebody is: it looks at every process.
import { readdirSync, readFileSync } from 'node:fs'
import { signalGroup } from './signal-group.ts'

/** The living processes in the group of `leader`; the leader for any where the system does not list its processes. */
export function listGroup(leader: number): readonly number[] {
  if (!signalGroup(leader, 0)) return []
  if (process.platform !== 'linux') return [leader]
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && isMember(name, leader))
    .map(Number)
}

function isMember(pid: string, leader: number): boolean {
  let stat: string
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
  } catch {
    // It ended in the meantime.
    return false
  }
  // The name stands in brackets and may hold anything, brackets too.
  const [state, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return Number(group) === leader && state !== 'Z' && state !== 'X'
}
