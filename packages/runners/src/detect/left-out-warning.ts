// Zero configuration goes by what files import, so a test that registers itself in another way is not seen. That must be said:
// a suite that is quietly smaller than its author thinks is the worst kind of green.

/** Most files that are named. */
const most = 5

/** Who would have run them, as far as a person can mend it. */
export type LeftOutBy = 'node' | 'vitest' | 'vitest-exclude'

/** What to tell about `files`, which are called like tests and are not run; nothing where there are none. */
export function leftOutWarning(by: LeftOutBy, files: readonly string[]): string | undefined {
  if (files.length === 0) return undefined
  // A sentence that says "and 1 more" has room for that one.
  const shown = files.length === most + 1 ? files.length : Math.min(files.length, most)
  const named = files.slice(0, shown).join(', ')
  const more = files.length > shown ? ` and ${files.length - shown} more` : ''
  const [is, it, does] = files.length === 1 ? ['is', 'it', 'does'] : ['are', 'they', 'do']
  const what = files.length === 1 ? 'a file called like a test' : `${files.length} files called like tests`
  switch (by) {
    case 'node':
      return `node: ${what} ${is} left out, since ${it} ${does} not import node:test: ${named}${more}. To run them, name them in \`files\` of the node runner in muster.config.ts.`
    case 'vitest-exclude':
      return `node: ${what} ${is} left out, since Vitest is told to by its \`exclude\`: ${named}${more}. To run them, name them in \`files\` of the node runner in muster.config.ts.`
    case 'vitest':
      return `vitest: ${what} ${is} left out, since Vitest does not include ${files.length === 1 ? 'it' : 'them'} and ${it} ${does} not import node:test: ${named}${more}. To run them, add them to \`include\` of the Vitest configuration.`
  }
}
