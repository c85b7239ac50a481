// A heap of numbers with a key each: what a simulation of workers asks for over and over is the next one to be free.

/** Values by key, least first; equal keys by value, so that the order is total. */
export class MinHeap {
  readonly #keys: number[] = []
  readonly #values: number[] = []

  get size(): number {
    return this.#keys.length
  }

  /** The least key, or infinity where there is none. */
  get leastKey(): number {
    return this.#keys[0] ?? Infinity
  }

  push(key: number, value: number): void {
    let at = this.#keys.length
    this.#set(at, key, value)
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!this.#isBefore(at, parent)) break
      this.#swap(at, parent)
      at = parent
    }
  }

  /** Takes out the value with the least key. */
  pop(): number | undefined {
    const least = this.#values[0]
    const key = this.#keys.pop()
    const value = this.#values.pop()
    if (key === undefined || value === undefined || this.#keys.length === 0) return least
    this.#set(0, key, value)
    for (let at = 0; ;) {
      const left = 2 * at + 1
      if (left >= this.#keys.length) break
      const child = left + 1 < this.#keys.length && this.#isBefore(left + 1, left) ? left + 1 : left
      if (!this.#isBefore(child, at)) break
      this.#swap(child, at)
      at = child
    }
    return least
  }

  #isBefore(a: number, b: number): boolean {
    const first = this.#keys[a] ?? Infinity
    const second = this.#keys[b] ?? Infinity
    return first < second || (first === second && (this.#values[a] ?? 0) < (this.#values[b] ?? 0))
  }

  #swap(a: number, b: number): void {
    const key = this.#keys[a] ?? 0
    const value = this.#values[a] ?? 0
    this.#set(a, this.#keys[b] ?? 0, this.#values[b] ?? 0)
    this.#set(b, key, value)
  }

  #set(at: number, key: number, value: number): void {
    this.#keys[at] = key
    this.#values[at] = value
  }
}
