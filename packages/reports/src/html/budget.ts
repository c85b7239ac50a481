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

  /** As much of a text as there is room for, its end first where `keepEnd` says so: output tells most at its end. */
  take(text: string, longest: number, keepEnd = false): string {
    const room = Math.max(0, Math.min(longest, this.#left))
    if (text.length <= room) {
      this.#left -= text.length
      return text
    }
    this.#cut += 1
    this.#left -= room
    if (room === 0) return ''
    return keepEnd ? `…\n${text.slice(text.length - room)}` : `${text.slice(0, room)}…`
  }
}
