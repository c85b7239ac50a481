// Names come from strangers: marks that turn the direction of writing, characters of no width and control characters are shown
// and not obeyed, or a name could read as another one.

const hidden =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|\p{Surrogate}/gu

/** `text` with everything visible; line ends and tabs stay. */
export function visible(text: string): string {
  return text.replace(hidden, show)
}

/** The same on one line. */
export function visibleLine(text: string): string {
  return visible(text.replace(/\r\n|[\r\n]/g, '⏎ ').replaceAll('\t', ' '))
}

function show(character: string): string {
  const code = character.codePointAt(0) ?? 0
  return `‹U+${code.toString(16).toUpperCase().padStart(4, '0')}›`
}
