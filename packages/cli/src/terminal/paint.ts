// Colour, decided once: every text is measured and cut while it is still plain, and painted last.

/** The few colours there are. */
export type Colour = 'red' | 'green' | 'yellow' | 'blue' | 'cyan' | 'dim' | 'bold'

/** Colours a text, or leaves it as it is. */
export type Paint = (colour: Colour, text: string) => string

const codes: Readonly<Record<Colour, readonly [number, number]>> = {
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  cyan: [36, 39],
  dim: [2, 22],
  bold: [1, 22],
}

/** Paints with escape sequences. */
export const inColour: Paint = (colour, text) => {
  const [on, off] = codes[colour]
  return text === '' ? '' : `\u001B[${String(on)}m${text}\u001B[${String(off)}m`
}

/** Leaves every text as it is. */
export const inPlain: Paint = (_colour, text) => text
