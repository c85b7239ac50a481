// What an attempt used of the machine: the time of the agent and of the commands it waited for. Memory is known only where
// the agent's peak rose during the attempt, since the system keeps one peak for the whole life of a process.
import { readFileSync } from 'node:fs'
import type { ResourceUse } from '../../model/outcome.ts'

/** The kernel counts the time of children in ticks of ten milliseconds. */
const tickMs = 10

/** Begins to measure; the answer measures up to the moment in which it is called. */
export function measureUse(): () => ResourceUse {
  const own = process.cpuUsage()
  const children = childrenMs()
  const peak = process.resourceUsage().maxRSS
  return () => {
    const { user, system } = process.cpuUsage(own)
    const { maxRSS } = process.resourceUsage()
    return {
      cpuMs: Math.round((user + system) / 1000 + childrenMs() - children),
      ...(maxRSS > peak ? { maxRssBytes: maxRSS * 1024 } : {}),
    }
  }
}

function childrenMs(): number {
  if (process.platform !== 'linux') return 0
  const stat = readFileSync('/proc/self/stat', 'latin1')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[13]) + Number(fields[14])) * tickMs
}
