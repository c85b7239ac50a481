// A keyed heap of handles, four children a node: one task costs a bounded number of heap operations however many wait.
// Keys are vectors compared left to right; their first number lies in a flat array, since most keys have only that one.

/** A key: smaller goes first. */
export type Key = number | readonly number[]

/** Handles by key, ties by handle, so the order is total. */
export class ReadyQueue {
  #first = new Float64Array(64)
  #handles = new Int32Array(64)
  // Sparse: only keys with more than one number are kept here, by handle.
  readonly #rest = new Map<number, readonly number[]>()
  #size = 0

  get size(): number {
    return this.#size
  }

  /** The handle that goes first. */
  peek(): number | undefined {
    return this.#size === 0 ? undefined : this.#handles[0]
  }

  /** The key of the handle that goes first. */
  peekKey(): Key | undefined {
    if (this.#size === 0) return undefined
    return this.#rest.get(this.#handles[0] ?? 0) ?? this.#first[0]
  }

  push(handle: number, key: Key): void {
    if (this.#size === this.#handles.length) this.#enlarge()
    let first: number
    if (typeof key === 'number') first = key
    else {
      first = key[0] ?? 0
      if (key.length > 1) this.#rest.set(handle, key)
    }
    let index = this.#size++
    while (index > 0) {
      const parent = (index - 1) >> 2
      if (!this.#isBefore(first, handle, this.#first[parent] ?? 0, this.#handles[parent] ?? 0)) break
      this.#first[index] = this.#first[parent] ?? 0
      this.#handles[index] = this.#handles[parent] ?? 0
      index = parent
    }
    this.#first[index] = first
    this.#handles[index] = handle
  }

  pop(): number | undefined {
    if (this.#size === 0) return undefined
    const popped = this.#handles[0] ?? 0
    const last = --this.#size
    if (this.#rest.size > 0) this.#rest.delete(popped)
    if (last > 0) this.#sink(this.#first[last] ?? 0, this.#handles[last] ?? 0)
    return popped
  }

  /** Whether a handle waits; looks at all of them. */
  has(handle: number): boolean {
    return this.#handles.subarray(0, this.#size).includes(handle)
  }

  /** Takes out a handle, wherever it stands; looks at all of them. */
  remove(handle: number): void {
    const at = this.#handles.subarray(0, this.#size).indexOf(handle)
    if (at < 0) return
    const others: { readonly handle: number; readonly key: Key }[] = []
    for (let index = at; index < this.#size; index++) {
      const other = this.#handles[index] ?? 0
      others.push({ handle: other, key: this.#rest.get(other) ?? this.#first[index] ?? 0 })
      this.#rest.delete(other)
    }
    // What stands before it is a heap by itself.
    this.#size = at
    for (const { handle: other, key } of others) if (other !== handle) this.push(other, key)
  }

  #sink(first: number, handle: number): void {
    const size = this.#size
    let index = 0
    for (;;) {
      const child = 4 * index + 1
      if (child >= size) break
      const end = Math.min(child + 4, size)
      let best = child
      let bestFirst = this.#first[child] ?? 0
      let bestHandle = this.#handles[child] ?? 0
      for (let other = child + 1; other < end; other++) {
        const otherFirst = this.#first[other] ?? 0
        const otherHandle = this.#handles[other] ?? 0
        if (this.#isBefore(otherFirst, otherHandle, bestFirst, bestHandle)) {
          best = other
          bestFirst = otherFirst
          bestHandle = otherHandle
        }
      }
      if (!this.#isBefore(bestFirst, bestHandle, first, handle)) break
      this.#first[index] = bestFirst
      this.#handles[index] = bestHandle
      index = best
    }
    this.#first[index] = first
    this.#handles[index] = handle
  }

  #isBefore(first: number, handle: number, otherFirst: number, otherHandle: number): boolean {
    if (first !== otherFirst) return first < otherFirst
    if (this.#rest.size === 0) return handle < otherHandle
    return this.#compareRest(handle, otherHandle) < 0
  }

  #compareRest(handle: number, other: number): number {
    const a = this.#rest.get(handle)
    const b = this.#rest.get(other)
    const length = Math.max(a?.length ?? 1, b?.length ?? 1)
    for (let i = 1; i < length; i++) {
      const order = compareNumbers(a?.[i] ?? 0, b?.[i] ?? 0)
      if (order !== 0) return order
    }
    return handle - other
  }

  #enlarge(): void {
    const first = new Float64Array(this.#first.length * 2)
    first.set(this.#first)
    this.#first = first
    const handles = new Int32Array(this.#handles.length * 2)
    handles.set(this.#handles)
    this.#handles = handles
  }
}

/** Orders two queues by their first task; an empty one is last. */
export function compareQueues(a: ReadyQueue | undefined, b: ReadyQueue | undefined): number {
  const order = compareKeys(a?.peekKey() ?? Infinity, b?.peekKey() ?? Infinity)
  return order === 0 ? (a?.peek() ?? 0) - (b?.peek() ?? 0) : order
}

/** Compares two keys as the queue does; 0 where they tie. Keys may be infinite, so nothing is subtracted. */
export function compareKeys(a: Key, b: Key): number {
  if (typeof a === 'number' && typeof b === 'number') return compareNumbers(a, b)
  const left = typeof a === 'number' ? [a] : a
  const right = typeof b === 'number' ? [b] : b
  const length = Math.max(left.length, right.length)
  for (let i = 0; i < length; i++) {
    const order = compareNumbers(left[i] ?? 0, right[i] ?? 0)
    if (order !== 0) return order
  }
  return 0
}

function compareNumbers(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0
}
