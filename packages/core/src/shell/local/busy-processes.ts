// Which of some processes is at work, by what the kernel counts of its processor time between two looks. A process that waits
// for one that spins is not where to search.
import { performance } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
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

/** The busy ones of `pids`, the busiest first; none where the system does not say. */
export async function busyProcesses(pids: readonly number[]): Promise<readonly BusyProcess[]> {
  const before = new Map(pids.map((pid) => [pid, readProcessUse(pid)?.cpuMs]))
  const sinceMs = performance.now()
  await wait(betweenMs)
  const tookMs = performance.now() - sinceMs
  return pids
    .flatMap((pid) => {
      const [first, last] = [before.get(pid), readProcessUse(pid)?.cpuMs]
      const share = first === undefined || last === undefined ? 0 : (last - first) / tookMs
      return share < leastShare ? [] : [{ pid, share }]
    })
    .toSorted((a, b) => b.share - a.share || a.pid - b.pid)
}
