// Each text once: files and suites stand a hundred times in a report, and a number is shorter than a path.

/** Gives texts their numbers. */
export class TextTable {
  readonly #texts: string[] = []
  readonly #numbers = new Map<string, number>()

  /** All texts that were given a number, by it. */
  get texts(): readonly string[] {
    return this.#texts
  }

  /** The number of a text; the same whenever it is asked for. */
  numberOf(text: string): number {
    const known = this.#numbers.get(text)
    if (known !== undefined) return known
    this.#numbers.set(text, this.#texts.length)
    return this.#texts.push(text) - 1
  }
}
