// What is kept of processes that were left running: all are counted, the first ones named. A test may leave thousands, and
// command lines of any length.
import type { Leaks, LeftProcess, Outcome } from '../model/outcome.ts'
import { commandLine } from './local/process-use.ts'

const most = { processes: 10, commandLength: 160 }

/** Nothing was left. */
export const noLeaks: Leaks = { count: 0, processes: [] }

/** Processes by name, while they still live. */
export function namesOf(pids: readonly number[]): readonly LeftProcess[] {
  return pids.slice(0, most.processes).map((pid) => ({ pid, command: cut(commandLine(pid)) }))
}

/** Those of two looks together. */
export function withLeaks(one: Leaks, other: Leaks): Leaks {
  if (other.count === 0) return one
  const processes = [...one.processes, ...other.processes].slice(0, most.processes)
  return { count: one.count + other.count, processes }
}

/** Whether what a stranger's process says was left can be told; the coordinator refuses what is no such thing. */
export function isTold({ leaks }: Outcome): boolean {
  // Without the schemas of the coordinator: this is loaded by processes that must start fast.
  const processes: unknown = leaks?.processes
  return typeof leaks?.count === 'number' && Array.isArray(processes) && processes.every(isNamed)
}

function isNamed(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'pid' in value && 'command' in value
}

function cut(line: string): string {
  return line.length > most.commandLength ? `${line.slice(0, most.commandLength)}…` : line
}
