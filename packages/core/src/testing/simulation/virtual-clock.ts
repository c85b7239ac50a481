// The time of a simulation: nothing happens between two waits, so it jumps from one to the next. A binary heap, because a
// simulated run asks for thousands of waits.
import type { CancelWait, Clock } from '../../ports/clock.ts'

interface Wait {
  readonly dueMs: number
  readonly order: number
  readonly then: () => void
  isCancelled: boolean
}

/** A clock that moves when it is told to go on to the next wait. */
export class VirtualClock implements Clock {
  #nowMs = 0
  #wallAheadMs = 1_700_000_000_000
  #order = 0
  readonly #heap: Wait[] = []

  now(): number {
    return this.#nowMs
  }

  wallNow(): number {
    return this.#wallAheadMs + this.#nowMs
  }

  /** Lets the wall clock jump, forward or back. */
  jumpWall(ms: number): void {
    this.#wallAheadMs += ms
  }

  after(delayMs: number, then: () => void): CancelWait {
    const wait: Wait = { dueMs: this.#nowMs + Math.max(0, delayMs), order: this.#order++, then, isCancelled: false }
    this.#push(wait)
    return () => {
      wait.isCancelled = true
    }
  }

  /** Goes to the next wait and calls it; says false where nothing waits any more. */
  goOn(): boolean {
    for (let wait = this.#pop(); wait !== undefined; wait = this.#pop()) {
      if (wait.isCancelled) continue
      this.#nowMs = wait.dueMs
      wait.then()
      return true
    }
    return false
  }

  #push(wait: Wait): void {
    const heap = this.#heap
    let index = heap.length
    heap.push(wait)
    while (index > 0) {
      const parent = (index - 1) >> 1
      const above = heap[parent]
      if (above === undefined || !isBefore(wait, above)) break
      heap[index] = above
      index = parent
    }
    heap[index] = wait
  }

  #pop(): Wait | undefined {
    const heap = this.#heap
    const first = heap[0]
    const last = heap.pop()
    if (last === undefined || last === first) return first
    let index = 0
    for (;;) {
      const left = heap[2 * index + 1]
      const right = heap[2 * index + 2]
      if (left === undefined) break
      const isRight = right !== undefined && isBefore(right, left)
      const child = isRight ? right : left
      if (!isBefore(child, last)) break
      heap[index] = child
      index = 2 * index + (isRight ? 2 : 1)
    }
    heap[index] = last
    return first
  }
}

function isBefore(a: Wait, b: Wait): boolean {
  return a.dueMs < b.dueMs || (a.dueMs === b.dueMs && a.order < b.order)
}
