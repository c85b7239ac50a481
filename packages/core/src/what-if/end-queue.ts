// Which attempt ends next: a binary heap of times with the attempt beside each. Ties go to the one that was launched first, so
// that a simulation is the same whenever it is made.

/** An attempt that will end. */
export interface ComingEnd {
  readonly atMs: number
  readonly task: number
  readonly n: number
}

/** Attempts by the time at which they end. */
export class EndQueue {
  readonly #heap: { readonly end: ComingEnd; readonly order: number }[] = []
  #order = 0

  /** When the next one ends; nothing where none runs. */
  get nextMs(): number | undefined {
    return this.#heap[0]?.end.atMs
  }

  push(end: ComingEnd): void {
    const item = { end, order: this.#order++ }
    let at = this.#heap.push(item) - 1
    for (let above = this.#heap[(at - 1) >> 1]; at > 0 && above !== undefined; above = this.#heap[(at - 1) >> 1]) {
      if (!isBefore(item, above)) break
      this.#heap[at] = above
      at = (at - 1) >> 1
    }
    this.#heap[at] = item
  }

  /** Takes the next one off if it ends at `nowMs` or before. */
  popUntil(nowMs: number): ComingEnd | undefined {
    const first = this.#heap[0]
    if (first === undefined || first.end.atMs > nowMs) return undefined
    const last = this.#heap.pop()
    if (last !== undefined && last !== first) this.#sink(last)
    return first.end
  }

  #sink(item: { readonly end: ComingEnd; readonly order: number }): void {
    let at = 0
    for (;;) {
      const left = this.#heap[2 * at + 1]
      const right = this.#heap[2 * at + 2]
      if (left === undefined) break
      const isRight = right !== undefined && isBefore(right, left)
      const child = isRight ? right : left
      if (!isBefore(child, item)) break
      this.#heap[at] = child
      at = 2 * at + (isRight ? 2 : 1)
    }
    this.#heap[at] = item
  }
}

function isBefore(
  a: { readonly end: ComingEnd; readonly order: number },
  b: { readonly end: ComingEnd; readonly order: number },
): boolean {
  return a.end.atMs < b.end.atMs || (a.end.atMs === b.end.atMs && a.order < b.order)
}
