// What is wrong with a declared glob. It is relative to the project's root and stays below it: a declaration must not be a
// way to publish somebody's keys.

/** What a glob should have been, or nothing where it is right. */
export function globProblem(glob: string): string | undefined {
  if (glob === '') return 'a glob that is not empty'
  if (/^([\\/]|[A-Za-z]:)/.test(glob)) return "a glob relative to the project's root"
  if (glob.split(/[\\/]/).includes('..')) return "a glob that stays below the project's root"
  return undefined
}
