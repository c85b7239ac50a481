// The Standard Workload Format of the Parallel Workloads Archive: one job a line, 18 numbers, `-1` where nothing is known,
// and lines of words that begin with `;`. Logs of other archives add words behind the eighteenth number; they are not read.
import { readFileSync } from 'node:fs'

/** A job of a log. Times are in seconds. */
export interface LoggedJob {
  readonly id: string
  readonly submitS: number
  readonly runS: number
  readonly processors: number
  /** What its owner asked for; unknown in some logs. */
  readonly requestedS: number | undefined
  /** Bytes a processor; unknown in some logs. */
  readonly memory: number | undefined
  readonly user: string
}

/** A log, and what its head says of the machine. */
export interface WorkloadLog {
  readonly jobs: readonly LoggedJob[]
  readonly processors: number | undefined
}

/** Reads a log; jobs of which neither length nor width is known are left out, and said how many. */
export function readSwf(path: string): WorkloadLog & { readonly unreadable: number } {
  const jobs: LoggedJob[] = []
  let unreadable = 0
  let processors: number | undefined
  for (const line of readFileSync(path, 'utf8').split(/\r?\n/)) {
    const text = line.trim()
    if (text === '') continue
    if (text.startsWith(';')) {
      const [, most] = /^;\s*MaxProcs:\s*(\d+)/.exec(text) ?? []
      if (most !== undefined) processors = Number(most)
      continue
    }
    const [id = '', ...fields] = text.split(/\s+/)
    const number = (at: number): number | undefined => {
      const value = Number(fields[at - 2])
      return Number.isFinite(value) && value >= 0 ? value : undefined
    }
    const submitS = number(2)
    const runS = number(4)
    const width = number(5) ?? number(8)
    if (submitS === undefined || runS === undefined || width === undefined || width === 0) unreadable += 1
    else {
      const kilobytes = number(10) ?? number(7)
      const memory = kilobytes === undefined ? undefined : kilobytes * 1024
      jobs.push({ id, submitS, runS, processors: width, requestedS: number(9), memory, user: fields[10] ?? '' })
    }
  }
  return { jobs, processors, unreadable }
}
