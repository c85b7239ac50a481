// Which cases of a file are run again alone, and how Vitest is told so. It knows them by their full names, which Vitest 4 joins
// by spaces and Vitest 5 by arrows, so a name must be told apart from all others in either form.
import type { CaseName, CaseResult } from '@muster/core'
import { isRed } from '../outcome/judge-cases.ts'

/** The cases that failed, where each can be run alone; `paths` are those of every case of the file. */
export function failedCasesOf(
  cases: readonly CaseResult[],
  paths: readonly (readonly string[])[],
): readonly CaseName[] | undefined {
  const counts = new Map<string, number>()
  for (const path of paths) counts.set(fullName(path), (counts.get(fullName(path)) ?? 0) + 1)
  const red = cases.filter(isRed)
  const isAlone = ({ path, result }: CaseResult): boolean => result !== 'cancelled' && counts.get(fullName(path)) === 1
  if (red.length === 0 || !red.every(isAlone)) return undefined
  return red.map(({ path, file }) => (file === undefined ? { path } : { path, file }))
}

/** Matches the full names of `cases` and no others of their file. */
export function scopePattern(cases: readonly CaseName[]): RegExp {
  const names = cases.map(({ path }) => path.map(escaped).join('(?: > | )'))
  // A case outside of every suite may stand behind the empty name of its file.
  return new RegExp(`^ ?(?:${names.join('|')})$`)
}

/** One text for both forms. */
function fullName(path: readonly string[]): string {
  return path.join(' ').replaceAll(' > ', ' ')
}

function escaped(title: string): string {
  return title.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
