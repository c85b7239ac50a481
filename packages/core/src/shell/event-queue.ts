// Events on their way to a reader. Bounded: a reader that falls too far behind loses provisional news first, then final
// events, and is told with one note how much it missed, so that a slow reader can never hold up the run or its memory. What
// it missed is in the report, which holds everything.
import type { RunEvent } from '../events/run-event.ts'

/** Events that wait at most. Provisional ones leave half of the room to those that count. */
const capacity = 65_536

/** An asynchronous sequence of events that somebody else fills; several readers share it. */
export class EventQueue implements AsyncIterable<RunEvent> {
  #events: RunEvent[] = []
  #head = 0
  #missed = 0
  #isEnded = false
  #wakes: (() => void)[] = []
  readonly #onReturn: (queue: EventQueue) => void

  constructor(onReturn: (queue: EventQueue) => void) {
    this.#onReturn = onReturn
  }

  push(event: RunEvent): void {
    if (this.#isEnded) return
    const waiting = this.#events.length - this.#head
    if (waiting >= (isProvisional(event) ? capacity / 2 : capacity) && event.kind !== 'run-ended') {
      this.#missed++
      return
    }
    if (this.#missed > 0) {
      const text = `${String(this.#missed)} events were skipped because their reader was too slow; the report has everything`
      this.#events.push({ kind: 'note', text, position: event.position, atMs: event.atMs })
      this.#missed = 0
    }
    this.#events.push(event)
    this.#wakeReaders()
  }

  end(): void {
    this.#isEnded = true
    this.#wakeReaders()
  }

  async *[Symbol.asyncIterator](): AsyncIterator<RunEvent> {
    try {
      for (;;) {
        const event = this.#events[this.#head]
        if (event !== undefined) {
          this.#head++
          if (this.#head > 1024 && this.#head * 2 > this.#events.length) {
            this.#events = this.#events.slice(this.#head)
            this.#head = 0
          }
          yield event
        } else if (this.#isEnded) return
        else {
          await new Promise<void>((resolve) => {
            this.#wakes.push(resolve)
          })
        }
      }
    } finally {
      this.#onReturn(this)
    }
  }

  #wakeReaders(): void {
    if (this.#wakes.length === 0) return
    const wakes = this.#wakes
    this.#wakes = []
    for (const wake of wakes) wake()
  }
}

function isProvisional({ kind }: RunEvent): boolean {
  return kind === 'attempt-output' || kind === 'attempt-progress' || kind === 'case-ended'
}
