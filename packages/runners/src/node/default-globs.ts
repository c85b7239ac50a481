// What `node --test` takes for a test file, so that a project finds the same files with and without Muster.

const ending = '{js,mjs,cjs,ts,mts,cts}'

/** The globs of `node --test` for JavaScript and for TypeScript whose types Node strips. */
export const defaultGlobs: readonly string[] = [
  `**/*.test.${ending}`,
  `**/*-test.${ending}`,
  `**/*_test.${ending}`,
  `**/test-*.${ending}`,
  `**/test.${ending}`,
  `**/test/**/*.${ending}`,
]

/** Those of them that go by the name of the file alone; a folder called `test` holds helpers as well. */
export const namedLikeTests: readonly string[] = defaultGlobs.filter((glob) => !glob.includes('/test/'))

/** Declarations hold no tests, wherever they lie. */
export const neverTests: readonly string[] = ['**/*.d.{ts,mts,cts}']
