// How Node is told which tests of a file to run: to leave out those that have their result already, when the rest of a file is
// run again, or to run no others, when only what failed is.
import type { CaseName } from '@muster/core'

/** An argument of a process may not be longer than this on every system, in characters. */
const longest = 60_000

/**
 * The flag that leaves out `cases`, or nothing where Node could not be told: its pattern must fit into an argument and onto
 * one line.
 */
export function skipPattern(cases: readonly CaseName[]): string | undefined {
  const pattern = patternOf(cases)
  return pattern === undefined ? undefined : `--test-skip-pattern=${pattern}`
}

/** The flag that runs `cases` alone, or nothing where Node could not be told. */
export function onlyPattern(cases: readonly CaseName[]): string | undefined {
  const pattern = patternOf(cases)
  return pattern === undefined ? undefined : `--test-name-pattern=${pattern}`
}

/** Matches the full names of `cases`, in which Node joins titles by spaces. */
function patternOf(cases: readonly CaseName[]): string | undefined {
  const names = cases.map(({ path }) => path.join(' '))
  if (names.some((name) => /[\n\r]/.test(name))) return undefined
  const pattern = [...new Set(names)].map((name) => name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|')
  return pattern.length > longest ? undefined : `/^(?:${pattern})$/`
}
