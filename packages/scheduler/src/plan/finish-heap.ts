// Which running task ends next: a binary heap of times, with the task beside each. Two flat arrays, since an estimate may
// hold as many entries as there are slots.

/** Tasks by the time at which they end; ties in any order, since whoever ends at the same time is taken together. */
export class FinishHeap {
  readonly #timesMs: number[] = []
  readonly #tasks: number[] = []

  /** When the next task ends; nothing where none runs. */
  get nextMs(): number | undefined {
    return this.#timesMs[0]
  }

  push(atMs: number, task: number): void {
    let index = this.#timesMs.length
    while (index > 0) {
      const parent = (index - 1) >> 1
      const parentMs = this.#timesMs[parent] ?? 0
      if (parentMs <= atMs) break
      this.#put(index, parentMs, this.#tasks[parent] ?? 0)
      index = parent
    }
    this.#put(index, atMs, task)
  }

  /** The task that ends next. */
  pop(): number | undefined {
    const first = this.#tasks[0]
    const atMs = this.#timesMs.pop()
    const task = this.#tasks.pop()
    if (atMs !== undefined && task !== undefined && this.#timesMs.length > 0) this.#sink(atMs, task)
    return first
  }

  #sink(atMs: number, task: number): void {
    const size = this.#timesMs.length
    let index = 0
    for (;;) {
      const left = 2 * index + 1
      if (left >= size) break
      const right = left + 1
      const child = right < size && (this.#timesMs[right] ?? 0) < (this.#timesMs[left] ?? 0) ? right : left
      const childMs = this.#timesMs[child] ?? 0
      if (childMs >= atMs) break
      this.#put(index, childMs, this.#tasks[child] ?? 0)
      index = child
    }
    this.#put(index, atMs, task)
  }

  #put(index: number, atMs: number, task: number): void {
    this.#timesMs[index] = atMs
    this.#tasks[index] = task
  }
}
