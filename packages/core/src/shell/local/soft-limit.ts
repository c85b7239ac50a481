// What is told of an attempt that has passed its soft time limit: where it is busy, and which programs it has started.
import { readFileSync, rmSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import type { BusyProcess } from './busy-processes.ts'
import { commandLine } from './process-use.ts'

/** How long the place is waited for, and how often it is looked for. In milliseconds. */
const patience = { longestMs: 2000, betweenMs: 50 }
const most = { programs: 5, length: 120 }

/** The place that the agent's thread leaves in a file; `undefined` where none comes, `''` where the attempt waits. */
export async function takePlace(file: string): Promise<string | undefined> {
  for (let waitedMs = 0; waitedMs < patience.longestMs; waitedMs += patience.betweenMs) {
    const place = read(file)
    if (place !== undefined) {
      forgetPlace(file)
      return place
    }
    await wait(patience.betweenMs)
  }
  return undefined
}

/** Takes away what an earlier attempt may have left there. */
export function forgetPlace(file: string): void {
  rmSync(file, { force: true })
}

/** A sentence about a slow attempt, with what it has started: those at work, or, where none is, all. */
export function describeSlow(
  limitMs: number,
  place: string | undefined,
  { pids, busy }: { readonly pids: readonly number[]; readonly busy: readonly BusyProcess[] },
): string {
  const nameOf = (pid: number, more = ''): readonly string[] => {
    const line = commandLine(pid)
    return line === '' ? [] : [`${line.slice(0, most.length)} (${pid}${more})`]
  }
  const working = busy
    .slice(0, most.programs)
    .flatMap(({ pid, share }) => nameOf(pid, `, ${Math.round(share * 100)} % of a core`))
  const programs = pids.slice(0, most.programs).flatMap((pid) => nameOf(pid))
  return [
    `still running after its soft time limit of ${limitMs} ms`,
    ...(place === undefined || (place === '' && working.length > 0)
      ? []
      : [place === '' ? 'its process waits' : `its process is busy in ${place}`]),
    ...(working.length > 0
      ? [`busy in ${working.length === 1 ? 'a process' : 'processes'} that it has started: ${working.join(', ')}`]
      : programs.length > 0
        ? [`it has started ${programs.join(', ')}`]
        : []),
  ].join('; ')
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
