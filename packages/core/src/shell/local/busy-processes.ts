// Which of some processes is at work, by what the kernel counts of its processor time between two looks. A process that waits
// for one that spins is not where to search.
import { performance } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { readFileSync } from 'node:fs'
import { readProcessUse } from './process-use.ts'

/** Time between the looks, in milliseconds: the kernel counts in steps of ten. */
const betweenMs = 250
/** Share of a core from which a process counts as busy. */
const leastShare = 0.3

/** A process and the share of one core that it took. */
export interface BusyProcess {
  readonly pid: number
  readonly share: number
}

/**
 * The busy ones of `pids`, the busiest first; none where the system does not say. One that could run at each look is busy too,
 * however little of a loaded machine it got.
 */
export async function busyProcesses(pids: readonly number[]): Promise<readonly BusyProcess[]> {
  const before = new Map(pids.map((pid) => [pid, readProcessUse(pid)?.cpuMs]))
  const runnable = new Set(pids.filter(couldRun))
  const sinceMs = performance.now()
  await wait(betweenMs)
  const tookMs = performance.now() - sinceMs
  return pids
    .flatMap((pid) => {
      const [first, last] = [before.get(pid), readProcessUse(pid)?.cpuMs]
      const share = first === undefined || last === undefined ? 0 : (last - first) / tookMs
      const isBusy = share >= leastShare || (runnable.has(pid) && couldRun(pid))
      return isBusy ? [{ pid, share }] : []
    })
    .toSorted((a, b) => b.share - a.share || a.pid - b.pid)
}

/** Whether the process runs, or would if there were a core for it. */
function couldRun(pid: number): boolean {
  try {
    // The name may hold anything, brackets too; the state is the first word after it.
    return / R /.test(readFileSync(`/proc/${pid}/stat`, 'latin1').replace(/^.*\)/s, '').slice(0, 3))
  } catch {
    return false
  }
}
