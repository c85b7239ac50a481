// Time that moves only when a test says so. Waits come due in the order of their times, those of the same time in the order
// in which they were asked for.
import type { CancelWait, Clock } from '../ports/clock.ts'

interface Wait {
  readonly dueMs: number
  readonly then: () => void
}

/** A clock for tests. */
export class ManualClock implements Clock {
  #nowMs = 0
  #wallMs: number
  #waits: Wait[] = []

  /** `wallMs` is where the wall clock stands at the start, milliseconds since 1970. */
  constructor(wallMs = 0) {
    this.#wallMs = wallMs
  }

  now(): number {
    return this.#nowMs
  }

  wallNow(): number {
    return this.#wallMs
  }

  after(delayMs: number, then: () => void): CancelWait {
    const wait: Wait = { dueMs: this.#nowMs + Math.max(0, delayMs), then }
    const at = this.#waits.findLastIndex((other) => other.dueMs <= wait.dueMs) + 1
    this.#waits.splice(at, 0, wait)
    return () => {
      this.#waits = this.#waits.filter((other) => other !== wait)
    }
  }

  /** Waits that have not come due. */
  get pending(): number {
    return this.#waits.length
  }

  /** Milliseconds until the next wait comes due; `undefined` where nothing waits. */
  get nextInMs(): number | undefined {
    const [next] = this.#waits
    return next === undefined ? undefined : next.dueMs - this.#nowMs
  }

  /** Lets `ms` pass; whatever comes due on the way is called at its own time. */
  advance(ms: number): void {
    const until = this.#nowMs + ms
    for (let next = this.#waits[0]; next !== undefined && next.dueMs <= until; next = this.#waits[0]) {
      this.#waits.shift()
      this.#moveTo(next.dueMs)
      next.then()
    }
    this.#moveTo(until)
  }

  /** Lets the wall clock jump, as an administrator or a time server may; `now` does not notice. */
  jumpWall(ms: number): void {
    this.#wallMs += ms
  }

  #moveTo(nowMs: number): void {
    this.#wallMs += nowMs - this.#nowMs
    this.#nowMs = nowMs
  }
}
