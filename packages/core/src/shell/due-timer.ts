// One wait for the next moment at which the kernel wants to be asked again. A wait that comes too early costs one empty step,
// so it is only ever moved to an earlier time.
import type { CancelWait, Clock } from '../ports/clock.ts'

/** A wait that can be brought forward. */
export class DueTimer {
  readonly #clock: Clock
  readonly #then: () => void
  #cancelWait: CancelWait | undefined
  #dueMs = Infinity

  /** Calls `then` whenever a wait is over. */
  constructor(clock: Clock, then: () => void) {
    this.#clock = clock
    this.#then = then
  }

  /** Waits until `dueMs`, now being `nowMs`, both in run time; a wait that ends earlier stays. */
  set(dueMs: number, nowMs: number): void {
    if (this.#dueMs <= dueMs) return
    this.#cancelWait?.()
    this.#dueMs = dueMs
    this.#cancelWait = this.#clock.after(Math.max(0, dueMs - nowMs), () => {
      this.#dueMs = Infinity
      this.#then()
    })
  }

  /** Waits for nothing any more. */
  stop(): void {
    this.#cancelWait?.()
    this.#dueMs = Infinity
  }
}
