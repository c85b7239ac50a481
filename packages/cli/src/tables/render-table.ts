// A table of plain text: columns as wide as their widest cell, one of them cut where the page is too narrow.
import { columnsOf, padEnd, padStart, truncateStart } from '../terminal/fit-width.ts'

/** A column. */
export interface Column {
  readonly title: string
  /** @defaultValue `'left'` */
  readonly align?: 'left' | 'right' | undefined
  /** Whether it gives way where the page is too narrow; the end of a path says more, so its beginning is cut. */
  readonly gives?: boolean | undefined
}

/** Fewest columns that a cell is cut to. */
const fewest = 12

/** The lines of a table, the titles first. Columns that are empty in every row are left out. */
export function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  page: number,
): readonly string[] {
  const used = columns.map((_, at) => at).filter((at) => rows.some((row) => (row[at] ?? '') !== ''))
  const widths = new Map(
    used.map((at) => [at, Math.max(columnsOf(columns[at]?.title ?? ''), ...sample(rows, at).map(columnsOf))]),
  )
  const total = [...widths.values()].reduce((sum, width) => sum + width + 2, -2)
  const givers = used.filter((at) => columns[at]?.gives === true)
  let over = Math.max(0, total - page)
  for (const at of givers) {
    const width = widths.get(at) ?? 0
    const less = Math.min(over, Math.max(0, width - fewest))
    widths.set(at, width - less)
    over -= less
  }
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

function sample(rows: readonly (readonly string[])[], at: number): readonly string[] {
  return rows.map((row) => row[at] ?? '')
}
