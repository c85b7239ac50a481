// Processes that an attempt left running, in words: the same ones in a warning, in the reports and in an explanation.
import type { Leaks } from './outcome.ts'

/**
 * What was left running: how many, and those that are known by name.
 *
 * @example
 * ```ts
 * leaksText({ count: 2, processes: [{ pid: 12, command: 'sleep 60' }] }) // '2 processes running: sleep 60 (pid 12) and 1 more'
 * ```
 */
export function leaksText({ count, processes }: Leaks): string {
  const named = processes.map(({ pid, command }) => `${command === '' ? 'a process' : command} (pid ${pid})`)
  const more = count - named.length
  const names = named.length === 0 ? '' : `: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
  return `${count} ${count === 1 ? 'process' : 'processes'} running${names}`
}
