// What has to be written to turn the frame that a terminal shows into the next one. Only lines that differ are written, and
// nothing is blanked before it is: that is what flickers. The cursor stands in the row below the frame, in its first column.

/** Tells terminals that know it to show everything up to the end at once. */
const begin = '\u001B[?2026h'
const end = '\u001B[?2026l'

/** A terminal that has become narrower a moment ago cuts a line of the frame instead of wrapping it. */
const cutLines = '\u001B[?7l'
const wrapLines = '\u001B[?7h'

const eraseBelow = '\u001B[0J'
const eraseLine = '\u001B[2K'
const eraseRestOfLine = '\u001B[0K'

/**
 * The bytes that draw `next` over `shown`; each line takes one row. Lines `above` scroll away over the frame and are left to
 * the terminal to wrap, so that they can be copied whole.
 */
export function drawFrame(shown: readonly string[], next: readonly string[], above: readonly string[] = []): string {
  if (above.length === 0 && isSame(shown, next)) return ''
  if (above.length > 0)
    return `${begin}${eraseFrame(shown.length)}${rows(above)}${cutLines}${rows(next)}${wrapLines}${end}`
  let text = up(shown.length) + cutLines
  for (const [at, line] of next.entries()) {
    text += line === shown[at] ? '\r\n' : `${line}${eraseRestOfLine}\r\n`
  }
  return `${begin}${text}${wrapLines}${next.length < shown.length ? eraseBelow : ''}${end}`
}

/**
 * The bytes that take away a frame of so many rows. Line by line: some terminals keep a copy of the screen in their history
 * when all of it is erased at once.
 */
export function eraseFrame(rowsTaken: number): string {
  return `\r${eraseLine}${`\u001B[1A${eraseLine}`.repeat(rowsTaken)}`
}

function up(lines: number): string {
  return lines === 0 ? '\r' : `\r\u001B[${String(lines)}A`
}

function rows(lines: readonly string[]): string {
  return lines.map((line) => `${line}\r\n`).join('')
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((line, at) => line === other[at])
}
