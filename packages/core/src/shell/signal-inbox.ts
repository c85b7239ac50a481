// Signals that wait for the next step. A step takes what waits, but never two batches of tasks, so that a large run is begun
// in rows of bounded size; and never tasks without the word that no more will come, or a crash between the two would leave a
// run that waits for ever.
import type { KernelSignal } from '../run/judge-signal.ts'

/** Signals taken into one step at most; launches and ends are bounded by capacity anyway. */
const signalsPerStep = 1000

/** A signal with whom to tell once it is durable. */
export interface ToldSignal {
  readonly signal: KernelSignal
  readonly acknowledge: (() => void) | undefined
}

/** Signals in the order in which they are judged. */
export class SignalInbox {
  #waiting: ToldSignal[] = []
  #isUrgent = false

  get size(): number {
    return this.#waiting.length
  }

  /** Whether it holds more than news of attempts that started. */
  get isUrgent(): boolean {
    return this.#isUrgent
  }

  push(signal: KernelSignal, acknowledge?: () => void): void {
    this.#waiting.push({ signal, acknowledge })
    if (signal.kind !== 'attempt-started') this.#isUrgent = true
  }

  /** Everything, whatever its number. */
  takeAll(): readonly ToldSignal[] {
    const all = this.#waiting
    this.#waiting = []
    this.#isUrgent = false
    return all
  }

  /** What one step judges. */
  takeBatch(): readonly ToldSignal[] {
    const end = this.#endOfBatch()
    return end === this.#waiting.length ? this.takeAll() : this.#waiting.splice(0, end)
  }

  #endOfBatch(): number {
    let hasTasks = false
    let end = 0
    for (const { signal } of this.#waiting) {
      const isFull = end >= signalsPerStep && signal.kind !== 'close-source'
      if (isFull || (hasTasks && signal.kind === 'add-tasks')) return end
      hasTasks ||= signal.kind === 'add-tasks'
      end++
    }
    return end
  }
}

/** Whether it comes from an engine, not from the owner of the run. */
export function isFromEngine(signal: KernelSignal): boolean {
  return 'attempt' in signal || 'worker' in signal
}
