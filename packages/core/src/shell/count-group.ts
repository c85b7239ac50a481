// Who is left in a process group whose leader has ended. Asked only when somebody is: it looks at every process.
import { readdirSync, readFileSync } from 'node:fs'
import { signalGroup } from './signal-group.ts'

/** How many living processes the group of `leader` has; 1 for any number where the system does not list its processes. */
export function countGroup(leader: number): number {
  if (!signalGroup(leader, 0)) return 0
  if (process.platform !== 'linux') return 1
  let count = 0
  for (const name of readdirSync('/proc')) if (/^\d+$/.test(name) && isMember(name, leader)) count++
  return count
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
