// What comes due later, as a binary heap. An entry is never taken out early: whoever pops it asks the state whether it
// still means anything.

/** Why the kernel wants to be asked again at a time. */
export type DueKind = 'retry' | 'edge' | 'run-deadline' | 'unplaceable' | 'breaker' | 'rejection' | 'lane' | 'rekey'

/** Something that comes due. `about` is the task, edge, task class, breaker or lane meant. */
export interface Due {
  readonly atMs: number
  readonly kind: DueKind
  readonly about: number
  /** Of a retry the number of the wait, of a breaker a count. A due time outlives its wait, and tells by this that it is meant. */
  readonly n?: number | undefined
}

/** Due times, earliest first, ties in the order in which they came. */
export class DueTimes {
  readonly #heap: { readonly due: Due; readonly order: number }[] = []
  #order = 0

  get nextAtMs(): number | undefined {
    return this.#heap[0]?.due.atMs
  }

  push(due: Due): void {
    const item = { due, order: this.#order++ }
    let index = this.#heap.length
    this.#heap.push(item)
    while (index > 0) {
      const parent = (index - 1) >> 1
      const above = this.#heap[parent]
      if (above === undefined || !isBefore(item, above)) break
      this.#heap[index] = above
      index = parent
    }
    this.#heap[index] = item
  }

  /** Takes the earliest one off if it is due at `nowMs`. */
  popDue(nowMs: number): Due | undefined {
    const first = this.#heap[0]
    if (first === undefined || first.due.atMs > nowMs) return undefined
    const last = this.#heap.pop()
    if (last !== undefined && last !== first) this.#sink(last)
    return first.due
  }

  #sink(item: { readonly due: Due; readonly order: number }): void {
    const size = this.#heap.length
    let index = 0
    for (;;) {
      const left = 2 * index + 1
      if (left >= size) break
      const right = left + 1
      const a = this.#heap[left]
      const b = right < size ? this.#heap[right] : undefined
      const child = b !== undefined && a !== undefined && isBefore(b, a) ? right : left
      const below = this.#heap[child]
      if (below === undefined || !isBefore(below, item)) break
      this.#heap[index] = below
      index = child
    }
    this.#heap[index] = item
  }
}

function isBefore(
  a: { readonly due: Due; readonly order: number },
  b: { readonly due: Due; readonly order: number },
): boolean {
  return a.due.atMs < b.due.atMs || (a.due.atMs === b.due.atMs && a.order < b.order)
}
