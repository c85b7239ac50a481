// Makes text fit a number of terminal columns. Wide characters take two columns and combining ones none, so length in code
// units says nothing.
import stringWidth from 'string-width'

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Columns that plain text takes. */
export function columnsOf(text: string): number {
  return isAscii(text) ? text.length : stringWidth(text)
}

/** Cuts plain text to at most `columns` and marks the cut with `…`. */
export function truncateEnd(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text
  return columns < 1 ? '' : `${take(segmentsOf(text), columns - 1).join('')}…`
}

/** Cuts the beginning off instead of the end: the end of a path says more. */
export function truncateStart(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text
  return columns < 1
    ? ''
    : `…${take(segmentsOf(text).reverse(), columns - 1)
        .reverse()
        .join('')}`
}

/** Fills plain text with blanks up to `columns`; longer text stays as it is. */
export function padEnd(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - columnsOf(text)))
}

/** As {@link padEnd}, to the left. */
export function padStart(text: string, columns: number): string {
  return ' '.repeat(Math.max(0, columns - columnsOf(text))) + text
}

function segmentsOf(text: string): string[] {
  return Array.from(graphemes.segment(text), ({ segment }) => segment)
}

function take(parts: readonly string[], columns: number): string[] {
  const taken: string[] = []
  let used = 0
  for (const part of parts) {
    used += columnsOf(part)
    if (used > columns) break
    taken.push(part)
  }
  return taken
}

function isAscii(text: string): boolean {
  return /^[ -~]*$/.test(text)
}
