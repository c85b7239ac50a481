// Finds articles by the words in their names.
export class SearchIndex {
  readonly #ids = new Map<string, Set<string>>()

  add(id: string, name: string): void {
    for (const word of words(name)) {
      const ids = this.#ids.get(word) ?? new Set()
      ids.add(id)
      this.#ids.set(word, ids)
    }
  }

  find(text: string): readonly string[] {
    const sets = words(text).map((word) => this.#ids.get(word) ?? new Set<string>())
    const [first, ...rest] = sets.sort((a, b) => a.size - b.size)
    return first === undefined ? [] : [...first].filter((id) => rest.every((set) => set.has(id)))
  }
}

function words(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
}
