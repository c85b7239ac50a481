// How Node is told to leave out tests that have their result already, when the rest of a file is run again.
import type { CaseResult } from '@muster/core'

/** An argument of a process may not be longer than this on every system, in characters. */
const longest = 60_000

/**
 * The flag that leaves out `cases`, or nothing where Node could not be told: its pattern must fit into an argument and onto
 * one line.
 */
export function skipPattern(cases: readonly CaseResult[]): string | undefined {
  const names = cases.map(({ path }) => path.join(' '))
  if (names.some((name) => /[\n\r]/.test(name))) return undefined
  const pattern = [...new Set(names)].map((name) => name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|')
  return pattern.length > longest ? undefined : `--test-skip-pattern=/^(?:${pattern})$/`
}
