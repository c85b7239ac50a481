// Zero configuration goes by what files import, so a test that registers itself in another way is not seen. That must be said:
// a suite that is quietly smaller than its author thinks is the worst kind of green.

/** Most files that are named. */
const most = 5

/** What to tell about `files`, which are called like tests and are not run; nothing where there are none. */
export function leftOutWarning(runner: string, files: readonly string[]): string | undefined {
  if (files.length === 0) return undefined
  const named = files.slice(0, most).join(', ')
  const more = files.length > most ? ` and ${files.length - most} more` : ''
  const what =
    files.length === 1
      ? 'a file called like a test is left out, since it does not import node:test'
      : `${files.length} files called like tests are left out, since they do not import node:test`
  return `${runner}: ${what}: ${named}${more}. To run them, name them in \`files\` of the node runner in muster.config.ts.`
}
