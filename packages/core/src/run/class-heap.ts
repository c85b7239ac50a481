// The task classes that could place something, ordered by their first task. A class can move when its first task changes,
// so every position is known.
import { compareKeys, type ReadyQueue } from './ready-queue.ts'

/** Class handles ordered by the key of their queue's first task. */
export class ClassHeap {
  readonly #queues: readonly ReadyQueue[]
  readonly #heap: number[] = []
  readonly #position: (number | undefined)[] = []

  constructor(queues: readonly ReadyQueue[]) {
    this.#queues = queues
  }

  peek(): number | undefined {
    return this.#heap[0]
  }

  has(taskClass: number): boolean {
    return this.#position[taskClass] !== undefined
  }

  /** Puts the class where its first task belongs, whether it was there before or not. */
  place(taskClass: number): void {
    let index = this.#position[taskClass]
    if (index === undefined) {
      index = this.#heap.length
      this.#heap.push(taskClass)
      this.#position[taskClass] = index
    }
    this.#sink(this.#rise(index))
  }

  remove(taskClass: number): void {
    const index = this.#position[taskClass]
    if (index === undefined) return
    this.#position[taskClass] = undefined
    const last = this.#heap.pop()
    if (last === undefined || last === taskClass) return
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
    const left = this.#queues[this.#heap[a] ?? 0]
    const right = this.#queues[this.#heap[b] ?? 0]
    const order = compareKeys(left?.peekKey() ?? Infinity, right?.peekKey() ?? Infinity)
    return order === 0 ? (left?.peek() ?? 0) < (right?.peek() ?? 0) : order < 0
  }

  #swap(a: number, b: number): void {
    const left = this.#heap[a] ?? 0
    this.#put(a, this.#heap[b] ?? 0)
    this.#put(b, left)
  }

  #put(index: number, taskClass: number): void {
    this.#heap[index] = taskClass
    this.#position[taskClass] = index
  }
}
