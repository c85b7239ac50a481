// A table of plain text: columns as wide as their widest cell. Where the page is too narrow for that, those that say least
// are left out, and paths are cut: a row that wraps can no longer be read.
import { columnsOf, padEnd, padStart, truncateStart } from '../terminal/fit-width.ts'

/** A column. */
export interface Column {
  readonly title: string
  /** @defaultValue `'left'` */
  readonly align?: 'left' | 'right' | undefined
  /** Whether it gives way where the page is too narrow; the end of a path says more, so its beginning is cut. */
  readonly gives?: boolean | undefined
  /** How early it is left out where the page is too narrow for all, from 1 on. @defaultValue it stays */
  readonly leaves?: number | undefined
}

/** Fewest columns that a cell is cut to. */
const fewest = 12

/** The lines of a table, the titles first. Columns that are empty in every row are left out. */
export function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  page: number,
): readonly string[] {
  const filled = columns.map((_, at) => at).filter((at) => rows.some((row) => (row[at] ?? '') !== ''))
  const widths = new Map(
    filled.map((at) => [
      at,
      cells(rows, at).reduce((most, cell) => Math.max(most, columnsOf(cell)), columnsOf(columns[at]?.title ?? '')),
    ]),
  )
  leaveOut(widths, columns, page)
  const used = filled.filter((at) => widths.has(at))
  makeFit(
    widths,
    used.filter((at) => columns[at]?.gives === true),
    page,
  )
  const lineOf = (row: readonly string[]): string =>
    used
      .map((at) => {
        const width = widths.get(at) ?? 0
        const cell = columns[at]?.gives === true ? truncateStart(row[at] ?? '', width) : (row[at] ?? '')
        return columns[at]?.align === 'right' ? padStart(cell, width) : padEnd(cell, width)
      })
      .join('  ')
      .trimEnd()
  return [lineOf(columns.map(({ title }) => title)), ...rows.map(lineOf)]
}

/** Takes columns away until the rest can be made to fit, as far as any may be. */
function leaveOut(widths: Map<number, number>, columns: readonly Column[], page: number): void {
  const leavers = [...widths.keys()]
    .filter((at) => columns[at]?.leaves !== undefined)
    .sort((a, b) => (columns[a]?.leaves ?? 0) - (columns[b]?.leaves ?? 0))
  const narrowest = (at: number, width: number): number =>
    columns[at]?.gives === true ? Math.min(fewest, width) : width
  for (const leaver of leavers) {
    if ([...widths].reduce((sum, [at, width]) => sum + narrowest(at, width) + 2, -2) <= page) return
    widths.delete(leaver)
  }
}

/** The widest column that gives way does so first, a column of the page at a time. */
function makeFit(widths: Map<number, number>, givers: readonly number[], page: number): void {
  const widthOf = (at: number): number => widths.get(at) ?? 0
  let over = [...widths.values()].reduce((sum, width) => sum + width + 2, -2) - page
  while (over > 0) {
    const widest = [...givers].sort((a, b) => widthOf(b) - widthOf(a) || a - b)[0]
    if (widest === undefined || widthOf(widest) <= fewest) return
    widths.set(widest, widthOf(widest) - 1)
    over--
  }
}

function cells(rows: readonly (readonly string[])[], at: number): readonly string[] {
  return rows.map((row) => row[at] ?? '')
}
