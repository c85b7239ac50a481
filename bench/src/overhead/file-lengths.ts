// Lengths of test files as projects really have them: drawn from the durations that they commit for splitting, so that a
// few long files stand among many short ones.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Draws `count` lengths in seconds from the newest version of every project in the set, spread evenly over all of them. */
export function fileLengths(data: string, count: number): readonly number[] {
  const folder = join(data, 'ci-durations')
  const projects = readdirSync(folder)
    .filter((file) => file.endsWith('.csv'))
    .sort()
    .map((file) => secondsByFile(readFileSync(join(folder, file), 'utf8')))
  const perProject = Math.ceil(count / projects.length)
  const lengths = projects.flatMap((seconds) => quantiles(seconds, perProject))
  return lengths.slice(0, count)
}

/** Seconds of each test file: what its tests take together, in the newest version that knows it. */
function secondsByFile(csv: string): readonly number[] {
  const byFile = new Map<string, number>()
  for (const line of csv.trim().split('\n').slice(1)) {
    const [id, ...versions] = cellsOf(line)
    const newest = Number(versions.at(-1))
    const file = id?.split('::')[0]
    if (file === undefined || !(newest > 0)) continue
    byFile.set(file, (byFile.get(file) ?? 0) + newest)
  }
  return [...byFile.values()].sort((a, b) => a - b)
}

/** Splits at commas; an id that holds some is quoted. */
function cellsOf(line: string): readonly string[] {
  const [, quoted, rest] = /^"((?:[^"]|"")*)",(.*)$/.exec(line) ?? []
  return quoted === undefined || rest === undefined ? line.split(',') : [quoted, ...rest.split(',')]
}

/** The middle of each of `count` equal slices of a sorted list. */
function quantiles(sorted: readonly number[], count: number): readonly number[] {
  return Array.from({ length: count }, (_, slice) => sorted[Math.floor(((slice + 0.5) * sorted.length) / count)] ?? 0)
}
