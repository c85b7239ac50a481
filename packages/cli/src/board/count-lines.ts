// How many tasks came to what, in words where they fit and by signs and numbers alone where they do not.
import type { VerdictKind } from '@muster/core'
import { columnsOf } from '../terminal/fit-width.ts'
import { type Look, signOf } from '../terminal/look.ts'
import type { BoardModel } from './board-model.ts'
import { paintLine, type Part } from './paint-line.ts'

/** Verdicts in the order in which they are shown, and whether a zero is worth a place. */
const shown: readonly (readonly [VerdictKind, boolean])[] = [
  ['passed', true],
  ['flaky', true],
  ['failed', true],
  ['timed-out', false],
  ['blocked', true],
  ['poisoned', false],
  ['unplaceable', false],
  ['skipped', false],
  ['cancelled', false],
]

/** Rows of words at most; where they would take more, signs alone are shown. */
const mostRowsOfWords = 2

/** The verdicts so far, counted; at most `rows` lines. */
export function countLines(model: BoardModel, columns: number, rows: number, look: Look): readonly string[] {
  const words = wrap(
    partsOf(model, look, (kind) => ` ${kind} `),
    columns,
  )
  const wrapped =
    words.length <= Math.min(rows, mostRowsOfWords)
      ? words
      : wrap(
          partsOf(model, look, () => ''),
          columns,
        )
  return wrapped.slice(0, Math.max(1, rows)).map((row) => paintLine(row, columns, look))
}

function partsOf({ verdicts }: BoardModel, look: Look, word: (kind: VerdictKind) => string): readonly Part[] {
  return shown.flatMap(([kind, always]): readonly Part[] => {
    const count = verdicts[kind] ?? 0
    if (count === 0 && !always) return []
    const { symbol, colour } = signOf(kind, look)
    return [{ text: ` ${symbol} ${String(count)}${word(kind)}`, colour: count === 0 ? 'dim' : colour }]
  })
}

function wrap(parts: readonly Part[], columns: number): readonly (readonly Part[])[] {
  const rows: Part[][] = [[]]
  let used = 0
  for (const part of parts) {
    const width = columnsOf(part.text)
    if (used > 0 && used + width > columns) {
      rows.push([])
      used = 0
    }
    rows.at(-1)?.push(part)
    used += width
  }
  return rows
}
