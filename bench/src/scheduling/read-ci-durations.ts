// Durations that projects commit to split their suites by: one row a test, one column a version. A file is what is run as one,
// so the tests of a file are added up; the same file under two spellings is one.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { normalTestId } from '@muster/scheduler'

/** One suite over its versions. */
export interface DurationSuite {
  readonly name: string
  readonly versions: readonly DurationVersion[]
}

/** A suite as it stood on a day. */
export interface DurationVersion {
  readonly label: string
  /** Milliseconds since 1970. */
  readonly atWallMs: number
  /** Milliseconds by file, in the order of the table. */
  readonly files: ReadonlyMap<string, number>
}

/** Every suite of the folder. */
export function readCiDurations(folder: string): readonly DurationSuite[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.csv'))
    .sort()
    .map((file) => ({
      name: file.replace(/\.csv$/, ''),
      versions: versionsOf(readFileSync(join(folder, file), 'utf8')),
    }))
}

function versionsOf(text: string): readonly DurationVersion[] {
  const [head = '', ...lines] = text.trim().split(/\r?\n/)
  const columns = cellsOf(head)
    .slice(1)
    .map((label) => ({ label, atWallMs: Date.parse(label.slice(0, 10)), files: new Map<string, number>() }))
  for (const line of lines) {
    const [id = '', ...cells] = cellsOf(line)
    const file = normalTestId(id).split('::')[0] ?? ''
    for (const [at, cell] of cells.entries()) {
      const files = columns[at]?.files
      const seconds = Number(cell)
      if (cell !== '' && files !== undefined && Number.isFinite(seconds))
        files.set(file, (files.get(file) ?? 0) + 1000 * seconds)
    }
  }
  return columns
}

/** A test's id may hold commas, and is quoted then. */
function cellsOf(line: string): readonly string[] {
  const cells: string[] = []
  for (const [, quoted, plain] of line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g))
    cells.push(quoted?.replaceAll('""', '"') ?? plain ?? '')
  return cells
}
