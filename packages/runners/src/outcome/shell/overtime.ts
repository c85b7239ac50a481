// The time after the time limit of an attempt, in which the tests that the culprit kept from running are run without it. A
// cancel leaves no such time: whoever cancelled wants the end.
import { stopOf } from '../stop.ts'

/** How long an attempt goes on after its time limit, in milliseconds. */
export const overtimeMs = 3000

/** Kept for telling what was not run, in milliseconds. */
const reserveMs = 500

/** How long a process that was told to end may take, in milliseconds: it takes it from the overtime. */
export const endingGraceMs = 500

/** The overtime of one attempt; it must be disposed of. */
export class Overtime implements Disposable {
  readonly #limit: AbortSignal
  readonly #controller = new AbortController()
  #timer: NodeJS.Timeout | undefined

  /** `limit` is the signal of the attempt. */
  constructor(limit: AbortSignal) {
    this.#limit = limit
    if (limit.aborted) this.#begin()
    else limit.addEventListener('abort', this.#begin, { once: true })
  }

  /** What ends a process that is started now: the attempt's time limit or, once that is over, the end of the overtime. */
  get signal(): AbortSignal {
    return this.#limit.aborted ? this.#controller.signal : this.#limit
  }

  /** Aborts when the overtime is over; with a cancel at once. */
  get end(): AbortSignal {
    return this.#controller.signal
  }

  /** Whether nothing more may be started. */
  get isOver(): boolean {
    return this.#controller.signal.aborted
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer)
    this.#limit.removeEventListener('abort', this.#begin)
  }

  readonly #begin = (): void => {
    const end = (): void => this.#controller.abort(this.#limit.reason)
    if (stopOf(this.#limit) === 'cancelled') end()
    else this.#timer = setTimeout(end, overtimeMs - reserveMs)
  }
}
