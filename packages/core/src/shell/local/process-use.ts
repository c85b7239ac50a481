// What a process uses right now, as the Linux kernel counts it. Memory is asked for in two ways: the resident set is cheap
// and counts shared pages for everybody, the proportional set costs a walk through the pages and shares them out.
import { readFileSync } from 'node:fs'

/** What one living process uses. */
export interface ProcessUse {
  readonly rssBytes: number
  /** Of the process and of all children that it has waited for, since it started. */
  readonly cpuMs: number
}

/** The kernel counts processor time in ticks of ten milliseconds. */
const tickMs = 10

/** What a process uses; nothing where it does not live or the system does not say. */
export function readProcessUse(pid: number): ProcessUse | undefined {
  const stat = read(pid, 'stat')
  const rss = kibibytes(read(pid, 'status'), 'VmRSS')
  if (stat === undefined || rss === undefined) return undefined
  // The name stands in brackets and may hold anything, brackets too.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
  return { rssBytes: rss, cpuMs: ticks * tickMs }
}

/** Memory of processes together, with what they share counted once. */
export function sharedOutBytes(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + (kibibytes(read(pid, 'smaps_rollup'), 'Pss') ?? 0), 0)
}

/** Program and arguments of a process, for people. */
export function commandLine(pid: number): string {
  return (read(pid, 'cmdline') ?? '').replaceAll('\0', ' ').trim()
}

function kibibytes(text: string | undefined, name: string): number | undefined {
  const [, found] = new RegExp(String.raw`^${name}:\s*(\d+) kB$`, 'm').exec(text ?? '') ?? []
  return found === undefined ? undefined : Number(found) * 1024
}

function read(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    // It ended in the meantime, or belongs to somebody else.
    return undefined
  }
}
