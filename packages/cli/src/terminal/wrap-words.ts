// Breaks plain text between its words. A terminal breaks wherever its edge is, in the middle of a word too.
import { columnsOf } from './fit-width.ts'

/** The lines of `text`, at most `columns` wide each but for a word that is wider by itself. */
export function wrapWords(text: string, columns: number): readonly string[] {
  const lines: string[] = []
  const [start = '', ...words] = text.split(' ')
  let line = start
  for (const word of words) {
    const longer = `${line} ${word}`
    if (columnsOf(longer) <= columns) line = longer
    else {
      lines.push(line)
      line = word
    }
  }
  return [...lines, line]
}
