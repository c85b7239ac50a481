// Compares what a program printed with what was written down. Parts that differ from run to run are masked:
// `<ms>` a duration, `<n>` a number, `<path>` a path without spaces, `<any>` the rest or any part of a line.
const masks: Readonly<Record<string, string>> = {
  '<ms>': String.raw`\d+(?:[.,]\d+)?(?: ?(?:ms|s|m|h))?`,
  '<n>': String.raw`-?\d+(?:[.,]\d+)*`,
  '<path>': String.raw`\S+`,
  '<any>': '.*',
}

/** The first line that differs, or undefined where all are as expected. */
export function firstDifference(expected: string, actual: string): string | undefined {
  const wanted = linesOf(expected)
  const got = linesOf(actual)
  for (let index = 0; index < Math.max(wanted.length, got.length); index += 1) {
    const want = wanted[index]
    const line = got[index]
    if (want !== undefined && line !== undefined && patternOf(want).test(line)) continue
    return `line ${String(index + 1)}: expected ${quoted(want)}, got ${quoted(line)}`
  }
  return undefined
}

function patternOf(line: string): RegExp {
  const parts = line.split(/(<ms>|<n>|<path>|<any>)/)
  const source = parts.map((part) => masks[part] ?? part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('')
  return new RegExp(`^${source}$`)
}

function linesOf(text: string): readonly string[] {
  return text
    .replaceAll('\r\n', '\n')
    .trimEnd()
    .split('\n')
    .map((line) => line.trimEnd())
}

function quoted(line: string | undefined): string {
  return line === undefined ? 'no line' : JSON.stringify(line)
}
