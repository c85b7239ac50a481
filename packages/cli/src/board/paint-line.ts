// A line of the board is made of parts that are measured and cut while they are plain, and painted last: so it is never
// wider than it was meant to be.
import { columnsOf, truncateEnd } from '../terminal/fit-width.ts'
import type { Look } from '../terminal/look.ts'
import type { Colour } from '../terminal/paint.ts'

/** A piece of a line in one colour. */
export interface Part {
  readonly text: string
  readonly colour?: Colour | undefined
}

/** Joins parts, cuts what would be wider than `columns`, and paints. */
export function paintLine(parts: readonly Part[], columns: number, { paint }: Look): string {
  let left = columns
  let text = ''
  for (const part of parts) {
    if (left <= 0) break
    const cut = truncateEnd(part.text, left)
    left -= columnsOf(cut)
    text += part.colour === undefined ? cut : paint(part.colour, cut)
  }
  return text.trimEnd()
}

/** Columns that parts take together. */
export function columnsOfParts(parts: readonly Part[]): number {
  return parts.reduce((sum, { text }) => sum + columnsOf(text), 0)
}
