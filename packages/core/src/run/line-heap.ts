// The lines of tasks that could place something, ordered by their first task. A line can move when its first task changes,
// so every position is known.

/** Handles of lines by an order that is asked for at each comparison. */
export class LineHeap {
  readonly #compare: (a: number, b: number) => number
  readonly #heap: number[] = []
  readonly #position: (number | undefined)[] = []

  /** `compare` orders two lines: below zero where the first goes before the second. */
  constructor(compare: (a: number, b: number) => number) {
    this.#compare = compare
  }

  peek(): number | undefined {
    return this.#heap[0]
  }

  has(line: number): boolean {
    return this.#position[line] !== undefined
  }

  /** Puts the line where its first task belongs, whether it was there before or not. */
  place(line: number): void {
    let index = this.#position[line]
    if (index === undefined) {
      index = this.#heap.length
      this.#heap.push(line)
      this.#position[line] = index
    }
    this.#sink(this.#rise(index))
  }

  remove(line: number): void {
    const index = this.#position[line]
    if (index === undefined) return
    this.#position[line] = undefined
    const last = this.#heap.pop()
    if (last === undefined || last === line) return
    this.#put(index, last)
    this.#sink(this.#rise(index))
  }

  #rise(from: number): number {
    let index = from
    while (index > 0) {
      const parent = (index - 1) >> 1
      if (!this.#isBefore(index, parent)) break
      this.#swap(index, parent)
      index = parent
    }
    return index
  }

  #sink(from: number): void {
    let index = from
    for (;;) {
      const left = 2 * index + 1
      if (left >= this.#heap.length) return
      const right = left + 1
      const child = right < this.#heap.length && this.#isBefore(right, left) ? right : left
      if (!this.#isBefore(child, index)) return
      this.#swap(index, child)
      index = child
    }
  }

  #isBefore(a: number, b: number): boolean {
    return this.#compare(this.#heap[a] ?? 0, this.#heap[b] ?? 0) < 0
  }

  #swap(a: number, b: number): void {
    const left = this.#heap[a] ?? 0
    this.#put(a, this.#heap[b] ?? 0)
    this.#put(b, left)
  }

  #put(index: number, line: number): void {
    this.#heap[index] = line
    this.#position[line] = index
  }
}
