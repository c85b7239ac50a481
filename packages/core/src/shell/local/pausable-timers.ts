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
  /** When it was paused; absent while it is not. */
  #pausedAtMs: number | undefined
  #pausedMs = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** How long it was paused so far, in milliseconds, this pause too. */
  get pausedMs(): number {
    return this.#pausedMs + (this.#pausedAtMs === undefined ? 0 : this.#clock.now() - this.#pausedAtMs)
  }

  /** Calls `then` after `delayMs` in which it was not paused. */
  after(delayMs: number, then: () => void): void {
    const wait: Wait = { then, leftMs: delayMs, sinceMs: 0, cancel: () => undefined }
    this.#waits.add(wait)
    if (this.#pausedAtMs === undefined) this.#start(wait)
  }

  clear(): void {
    for (const { cancel } of this.#waits) cancel()
    this.#waits.clear()
  }

  pause(): void {
    if (this.#pausedAtMs !== undefined) return
    const nowMs = this.#clock.now()
    this.#pausedAtMs = nowMs
    for (const wait of this.#waits) {
      wait.cancel()
      wait.leftMs = Math.max(0, wait.leftMs - (nowMs - wait.sinceMs))
    }
  }

  resume(): void {
    if (this.#pausedAtMs === undefined) return
    this.#pausedMs = this.pausedMs
    this.#pausedAtMs = undefined
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
