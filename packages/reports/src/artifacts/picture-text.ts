// A small picture as text that stands in a page. What it is, its own first bytes say, never its name or declared type: formats
// that can hold scripts or load something, such as SVG, are no pictures here.

/** Largest picture shown in a page, in bytes. */
export const largestPictureBytes = 200_000

const beginnings: readonly (readonly [type: string, bytes: readonly number[], from: number])[] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], 0],
  ['image/jpeg', [0xff, 0xd8, 0xff], 0],
  ['image/gif', [0x47, 0x49, 0x46, 0x38], 0],
  ['image/webp', [0x57, 0x45, 0x42, 0x50], 8],
]

/** The picture as a `data:` address; nothing where it is too large or none of the formats shown. */
export function pictureText(bytes: Uint8Array): string | undefined {
  if (bytes.length > largestPictureBytes) return undefined
  const known = beginnings.find(([, start, from]) => start.every((byte, at) => bytes[from + at] === byte))
  return known === undefined ? undefined : `data:${known[0]};base64,${base64(bytes)}`
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

function base64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
    for (let letter = 0; letter < 4; letter++) {
      text += at + letter > bytes.length ? '=' : letters.charAt((group >> (18 - 6 * letter)) & 63)
    }
  }
  return text
}
