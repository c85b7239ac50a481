// Timers that stand still while their owner says so: the time limits of attempts must not run out while their processes
// are stopped with the coordinator.
import type { CancelWait, Clock } from '../../ports/clock.ts'

interface Wait {
  readonly then: () => void
  leftMs: number
  sinceMs: number
  cancel: CancelWait
}

/** A set of timers that are paused and cleared together. */
export class PausableTimers {
  readonly #clock: Clock
  readonly #waits = new Set<Wait>()
  #isPaused = false

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Calls `then` after `delayMs` in which it was not paused. */
  after(delayMs: number, then: () => void): void {
    const wait: Wait = { then, leftMs: delayMs, sinceMs: 0, cancel: () => undefined }
    this.#waits.add(wait)
    if (!this.#isPaused) this.#start(wait)
  }

  clear(): void {
    for (const { cancel } of this.#waits) cancel()
    this.#waits.clear()
  }

  pause(): void {
    if (this.#isPaused) return
    this.#isPaused = true
    for (const wait of this.#waits) {
      wait.cancel()
      wait.leftMs = Math.max(0, wait.leftMs - (this.#clock.now() - wait.sinceMs))
    }
  }

  resume(): void {
    if (!this.#isPaused) return
    this.#isPaused = false
    for (const wait of this.#waits) this.#start(wait)
  }

  #start(wait: Wait): void {
    wait.sinceMs = this.#clock.now()
    wait.cancel = this.#clock.after(wait.leftMs, () => {
      this.#waits.delete(wait)
      wait.then()
    })
  }
}
