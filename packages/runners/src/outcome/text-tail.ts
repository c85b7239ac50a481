// The end of a text that arrives in pieces: what a process said last is what names the cause.

/** Longest tail kept, in characters. */
const longest = 16_384

/** Keeps the last characters of what it is given. */
export class TextTail {
  #text = ''

  add(piece: string): void {
    this.#text += piece
    if (this.#text.length > 2 * longest) this.#text = this.#text.slice(-longest)
  }

  get text(): string {
    return this.#text.slice(-longest)
  }
}
