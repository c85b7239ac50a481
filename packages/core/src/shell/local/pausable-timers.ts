// Timers that stand still while their owner says so: the time limits of attempts must not run out while their processes
// are stopped with the coordinator.
import { performance } from 'node:perf_hooks'

/** Longest delay that a timer holds: 24 days, and more than any attempt. */
const longestTimerMs = 2 ** 31 - 1

interface Wait {
  readonly then: () => void
  leftMs: number
  sinceMs: number
  timer: NodeJS.Timeout | undefined
}

/** A set of timers that are paused and cleared together. */
export class PausableTimers {
  readonly #waits = new Set<Wait>()
  #isPaused = false

  /** Calls `then` after `delayMs` in which it was not paused. */
  after(delayMs: number, then: () => void): void {
    const wait: Wait = { then, leftMs: Math.min(delayMs, longestTimerMs), sinceMs: 0, timer: undefined }
    this.#waits.add(wait)
    if (!this.#isPaused) this.#start(wait)
  }

  clear(): void {
    for (const { timer } of this.#waits) clearTimeout(timer)
    this.#waits.clear()
  }

  pause(): void {
    if (this.#isPaused) return
    this.#isPaused = true
    for (const wait of this.#waits) {
      clearTimeout(wait.timer)
      wait.leftMs = Math.max(0, wait.leftMs - (performance.now() - wait.sinceMs))
    }
  }

  resume(): void {
    if (!this.#isPaused) return
    this.#isPaused = false
    for (const wait of this.#waits) this.#start(wait)
  }

  #start(wait: Wait): void {
    wait.sinceMs = performance.now()
    wait.timer = setTimeout(() => {
      this.#waits.delete(wait)
      wait.then()
    }, wait.leftMs)
  }
}
