// How much text a page may hold. A run in which everything fails and prints would make a file that no browser opens, so texts
// beyond a budget are cut or left out, and the page says so: the JSON report has them all.

/** Room for texts, in characters. */
export class Budget {
  #left: number
  #cut = 0

  constructor(characters: number) {
    this.#left = characters
  }

  /** Texts that were cut or left out. */
  get cut(): number {
    return this.#cut
  }

  /** As much of the beginning of a text as there is room for. */
  take(text: string, longest: number): string {
    const room = Math.max(0, Math.min(longest, this.#left))
    if (text.length <= room) {
      this.#left -= text.length
      return text
    }
    this.#cut += 1
    this.#left -= room
    if (room === 0) return ''
    return `${text.slice(0, room)}…`
  }

  /** The beginning and the end of a text, and between them how much is not here: output tells most at its end. */
  takeEnds(text: string, longest: number): string {
    const room = Math.max(0, Math.min(longest, this.#left))
    if (text.length <= room) return this.take(text, longest)
    this.#cut += 1
    this.#left -= room
    if (room === 0) return ''
    const head = Math.floor(room / 3)
    const leftOut = (text.length - room).toLocaleString('en-US')
    return `${text.slice(0, head)}\n… ${leftOut} characters left out here, the JSON report has them …\n${text.slice(text.length - room + head)}`
  }
}
