// Vitest colours parts of its messages even where nobody asked for colour; a stored message must read the same everywhere.

const colours = /\u001b\[[0-9;]*[A-Za-z]/g

/** `text` without the codes that colour it. */
export function plainText(text: string): string {
  return text.replace(colours, '')
}
