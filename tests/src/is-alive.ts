// Whether processes that a test started, or that were left behind, are gone.
import { readFileSync } from 'node:fs'

/** Whether a process lives; one that has ended but was not collected does not, where the system tells. */
export function isAlive(pid: number): boolean {
  try {
    if (process.platform === 'linux') return !/\) [ZX] /.test(readFileSync(`/proc/${String(pid)}/stat`, 'utf8'))
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
