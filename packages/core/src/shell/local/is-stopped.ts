// Whether a process stands still because somebody stopped it: Ctrl-Z in a terminal, or `SIGSTOP`.
import { readFileSync } from 'node:fs'

/** Whether it is stopped, though not by a debugger. Linux only; elsewhere nobody seems to be. */
export function isStopped(pid: number): boolean {
  if (process.platform !== 'linux') return false
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The name stands in brackets and may hold anything, brackets too.
    return stat.slice(stat.lastIndexOf(')') + 2).startsWith('T')
  } catch {
    return false
  }
}
