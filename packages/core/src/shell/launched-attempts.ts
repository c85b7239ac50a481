// Remembers which attempts were launched, so that a launch that arrives twice starts once. The numbers of a task only count
// up, so the highest one is all there is to remember: four bytes a task, however many attempts there are.
import type { AttemptRef } from '../model/attempt.ts'

/** The highest attempt number launched, by task. */
export class LaunchedAttempts {
  #highest = new Uint32Array(1024)

  /** Remembers an attempt; says false where it, or a later one of its task, was launched before. */
  add({ task, n }: AttemptRef): boolean {
    if (task >= this.#highest.length) this.#grow(task)
    if (n <= (this.#highest[task] ?? 0)) return false
    this.#highest[task] = n
    return true
  }

  #grow(task: number): void {
    const larger = new Uint32Array(Math.max(task + 1, 2 * this.#highest.length))
    larger.set(this.#highest)
    this.#highest = larger
  }
}
