// Which groups of four characters stand in a text, by one pass over it: most words that rules look for can be ruled out
// without looking through the text for each.

/** Places of the table; hashes of groups that meet only cost a search. */
const places = 1 << 16

/** Tells quickly that a text cannot hold a word. */
export class LetterGroups {
  readonly #seen = new Uint8Array(places)

  constructor(text: string) {
    for (let at = 0; at + 4 <= text.length; at += 1) this.#seen[hashAt(text, at)] = 1
  }

  /** `false` only where the text does not hold the word. */
  mayHold(word: string): boolean {
    for (let at = 0; at + 4 <= word.length; at += 1) if (this.#seen[hashAt(word, at)] === 0) return false
    return true
  }
}

function hashAt(text: string, at: number): number {
  const low = text.charCodeAt(at) ^ (text.charCodeAt(at + 1) << 5)
  const high = (text.charCodeAt(at + 2) << 10) ^ (text.charCodeAt(at + 3) << 15)
  return Math.imul(low ^ high, 0x9e3779b1) >>> 16
}
