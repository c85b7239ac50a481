// What a process is quoted with. Its last line is mostly the cause, but test runners and build tools end with a count, a hint or
// a rule, the same whatever went wrong: there the line counts that the failure itself wrote.

/** Characters of a line that are quoted. */
const longest = 300

/** What tools write after the failure, whatever it was. */
const noise =
  /^(?:error: test failed, to rerun pass\b|make(?:\[\d+\])?: \*\*\* |npm (?:ERR!|error)\b|error Command failed with exit code|Node\.js v\d|FAIL(?:\t.*)?$|FAILED$|[=\-_*~#]{3,}|[{}()[\]]{1,3};?,?$|note: run with `RUST_BACKTRACE|info Visit https:\/\/yarnpkg|\s*at \S.*:\d+:\d+\)?$)/

/** The line of `text` that tells most of why a process failed; empty where it holds none. */
export function tellingLine(text: string): string {
  return frameworkLine(text) ?? lastLine(text)
}

/** Whether `text` ends with nothing but what tools write after any failure. */
export function isOnlyNoise(text: string): boolean {
  return frameworkLine(text) === undefined && linesOf(text).every((line) => noise.test(line))
}

/** What pytest, Rust and Go write at the failure, in the shapes that only they have. */
export function frameworkLine(text: string): string | undefined {
  const told = pytest(text) ?? rust(text) ?? go(text)
  return told === undefined ? undefined : told.slice(0, longest)
}

function pytest(text: string): string | undefined {
  return /^E {3,12}(\S.{0,400})$/m.exec(text)?.[1]?.trim()
}

/** Newer compilers write the message, and the two sides of an assertion, on lines of their own. */
function rust(text: string): string | undefined {
  const found =
    /^thread '[^'\n]{1,200}' (?:\(\d+\) )?(panicked at [^\n]{1,300}):\r?\n([^\n]{1,300})(?:\n {1,4}(left: [^\n]{0,100})\n {1,4}(right: [^\n]{0,100}))?/m.exec(
      text,
    )
  if (found === null) return undefined
  const [, place = '', message = '', left, right] = found
  return [`${place}: ${message.trim()}`, left, right].filter((part) => part !== undefined).join(', ')
}

function go(text: string): string | undefined {
  return /^--- FAIL: /m.test(text)
    ? /^\s{1,20}(\w{1,100}_test\.go:\d{1,7}: \S.{0,400})$/m.exec(text)?.[1]?.trim()
    : undefined
}

function lastLine(text: string): string {
  const lines = linesOf(text)
  return (lines.findLast((line) => !noise.test(line)) ?? lines.at(-1) ?? '').slice(0, longest)
}

function linesOf(text: string): readonly string[] {
  return (
    text
      .split('\n')
      .map((line) => line.trim())
      // What holds this mark again and again was no text.
      .filter((line) => line !== '' && !/\uFFFD[^\uFFFD]{0,200}\uFFFD/.test(line))
  )
}
