// Text from tests goes to terminals, XML and TAP lines. What could steer a terminal, or is no character at all, is taken out
// once and in one place. Every expression is linear.

const escapes = /\u001b(?:\[[0-9;:?]{0,60}[A-Za-z]|\][^\u0007\u001b]{0,2000}(?:\u0007|\u001b\\))/g
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]|\p{Surrogate}/gu

/** `text` without escape sequences, control characters (but line ends and tabs) and lone surrogates. */
export function plainText(text: string): string {
  return text.replace(escapes, '').replace(controls, '')
}

/** Marks that turn the direction of writing: on a line for people they could make it read as something else. */
const turns = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** `text` without marks that turn the direction of writing. */
export function withoutTurns(text: string): string {
  return text.replace(turns, '')
}

/** JSON in which such marks are written as escapes: it says the same, and shows nobody anything else. */
export function escapeTurns(json: string): string {
  return json.replace(turns, (mark) => `\\u${mark.charCodeAt(0).toString(16)}`)
}

/** Plain text on one line, without such marks: every run of white space is one space. */
export function plainLine(text: string): string {
  return withoutTurns(plainText(text))
    .replace(/[\s\u2028\u2029]+/g, ' ')
    .trim()
}

/** The first line that says something, with the next where it only announces that; one line of at most `longest` characters. */
export function firstLine(text: string, longest = 200): string {
  const plain = plainText(text.length > 20_000 ? text.slice(0, 20_000) : text)
  const [first = '', second] = saying(plain)
  const line = first.endsWith(':') && second !== undefined ? `${first} ${second}` : first
  return line.length <= longest ? line : `${line.slice(0, longest - 1)}…`
}

/** The first two lines that say something. */
function saying(text: string): readonly string[] {
  const lines: string[] = []
  for (const candidate of text.split('\n')) {
    const line = plainLine(candidate)
    if (line !== '' && lines.push(line) === 2) break
  }
  return lines
}
