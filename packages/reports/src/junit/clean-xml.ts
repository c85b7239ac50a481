// Real runners write what XML forbids: escape sequences, NULs, bare ampersands. It is put right before parsing, with a note,
// since a strict parser would give up and a lenient one swallows tags while it looks for the end of an entity. Line ends stay
// where they are, so that lines keep their numbers.

const escapes = /(?:\u001b|&#27;|&#[xX]0{0,4}1[bB];)\[[0-9;:?]{0,60}[A-Za-z]/g
const illegal = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu
const reference = /&(?:([A-Za-z_][\w.-]{0,60});|#([0-9]{1,8});|#[xX]([0-9A-Fa-f]{1,8});)?/g
const opening = '<![CDATA['
const closing = ']]>'

/** The cleaned text and what was done to it. */
export interface CleanXml {
  readonly text: string
  /** Characters and references that were taken out or put right. */
  readonly repairs: number
  /** Index in the given text of the first of them, or -1. */
  readonly firstAt: number
}

/** `given` without what no XML document may hold. */
export function cleanXml(given: string): CleanXml {
  let repairs = 0
  let firstAt = -1
  const repaired = (at: number): void => {
    repairs += 1
    if (firstAt === -1 || at < firstAt) firstAt = at
  }
  const drop = (text: string, from: number): string =>
    text
      .replace(escapes, (_sequence, at: number) => {
        repaired(from + at)
        return ''
      })
      .replace(illegal, (_character, at: number) => {
        repaired(from + at)
        return ''
      })
  const resolve = (text: string, from: number): string =>
    text.replace(
      reference,
      (whole, name: string | undefined, decimal: string | undefined, hex: string | undefined, at: number) => {
        if (name !== undefined) return whole
        if (decimal !== undefined && isLegal(Number.parseInt(decimal, 10))) return whole
        if (hex !== undefined && isLegal(Number.parseInt(hex, 16))) return whole
        repaired(from + at)
        return whole === '&' ? '&amp;' : ''
      },
    )
  let text = ''
  let at = 0
  while (at < given.length) {
    const start = given.indexOf(opening, at)
    const end = start === -1 ? -1 : given.indexOf(closing, start)
    const markupEnd = start === -1 ? given.length : start
    text += resolve(drop(given.slice(at, markupEnd), at), at)
    if (start === -1) break
    at = end === -1 ? given.length : end + closing.length
    text += drop(given.slice(start, at), start)
  }
  return { text, repairs, firstAt }
}

function isLegal(code: number): boolean {
  if (code === 9 || code === 10 || code === 13) return true
  return (code >= 32 && code <= 0xd7ff) || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff)
}
