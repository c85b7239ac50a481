// The table a person reads: our figures, with each peer's beside them.
import { type Bench, type BenchResult } from './bench.ts'
import { meaningOf } from './verify-result.ts'

/** A result as a table, its notes below. */
export function renderTable(bench: Bench, { figures, peers = {}, notes = [] }: BenchResult): string {
  const names = Object.keys(peers)
  const measured = [...new Set([figures, ...Object.values(peers)].flatMap((each) => Object.keys(each)))]
  const rows = measured.map((figure) => [
    figure,
    numberOf(figures[figure]),
    ...names.map((name) => numberOf(peers[name]?.[figure])),
    meaningOf(bench, figure) ?? '',
  ])
  const table = [['figure', 'muster', ...names, ''], ...rows]
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? []
  const lines = table.map((row) =>
    row
      .map((cell, column) => {
        const isText = column === 0 || column === row.length - 1
        return isText ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)
      })
      .join('  ')
      .trimEnd(),
  )
  return [`${bench.name}: ${bench.summary}`, '', ...lines, ...notes.map((note) => `- ${note}`), ''].join('\n')
}

function numberOf(value: number | undefined): string {
  if (value === undefined) return '-'
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)))
}
