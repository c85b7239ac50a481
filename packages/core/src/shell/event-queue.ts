// Events on their way to a reader. Bounded: a reader that falls too far behind loses provisional news first, then final
// events, so that a slow reader can never hold up the run or its memory. Once it has read what was kept for it, it is handed
// a snapshot of the run in place of the final events that were dropped, and goes on from exactly there.
import type { RunEvent } from '../events/run-event.ts'

/** Events that wait at most. Provisional ones leave half of the room to those that count. */
const capacity = 65_536

/** What a queue needs of whoever fills it. */
export interface EventQueueParts {
  /** Where the run stands; nothing while the state is ahead of what was told. */
  readonly snapshot: (skipped: number) => RunEvent | undefined
  /** Called when nobody reads it any more. */
  readonly closed: () => void
  /** Events that wait at most. @defaultValue `65_536` */
  readonly capacity?: number | undefined
}

/** An asynchronous sequence of events that somebody else fills; several readers share it. */
export class EventQueue implements AsyncIterable<RunEvent> {
  readonly #parts: EventQueueParts
  readonly #capacity: number
  #events: RunEvent[] = []
  #head = 0
  /** Events dropped since the last one that was kept. */
  #skipped = 0
  /** Final events were dropped: nothing is kept until a snapshot takes their place. */
  #isBehind = false
  /** Where the last event that was dropped stood. */
  #place: Pick<RunEvent, 'position' | 'atMs'> = { position: 0, atMs: 0 }
  /** The end of the run, which is never dropped. */
  #ending: RunEvent | undefined
  #isEnded = false
  #wakes: (() => void)[] = []

  constructor(parts: EventQueueParts) {
    this.#parts = parts
    this.#capacity = parts.capacity ?? capacity
  }

  push(event: RunEvent): void {
    if (this.#isEnded) return
    if (event.kind === 'run-ended') this.#ending = event
    else if (this.#isBehind) this.#skip(event)
    else this.#keep(event)
    this.#wakeReaders()
  }

  /** A snapshot may be taken now; a reader that waits for one gets it. */
  settle(): void {
    if (this.#isBehind && this.#wakes.length > 0 && this.#catchUp()) this.#wakeReaders()
  }

  end(): void {
    this.#isEnded = true
    this.#wakeReaders()
  }

  /** Nobody reads it any more. */
  close(): void {
    this.end()
    this.#events = []
    this.#parts.closed()
  }

  async *[Symbol.asyncIterator](): AsyncIterator<RunEvent> {
    try {
      for (;;) {
        const event = this.#take()
        if (event !== undefined) yield event
        else if (this.#isEnded) return
        else {
          await new Promise<void>((resolve) => {
            this.#wakes.push(resolve)
          })
        }
      }
    } finally {
      this.#parts.closed()
    }
  }

  #take(): RunEvent | undefined {
    const waiting = this.#takeWaiting()
    if (waiting !== undefined) return waiting
    if (this.#isBehind && this.#catchUp()) return this.#takeWaiting()
    // What was dropped before it comes first; while no snapshot can be had the end has to wait.
    if (this.#isBehind) return undefined
    const ending = this.#ending
    this.#ending = undefined
    return ending
  }

  #takeWaiting(): RunEvent | undefined {
    const event = this.#events[this.#head]
    if (event === undefined) return undefined
    this.#head++
    if (this.#head > 1024 && this.#head * 2 > this.#events.length) {
      this.#events = this.#events.slice(this.#head)
      this.#head = 0
    }
    return event
  }

  #keep(event: RunEvent): void {
    const waiting = this.#events.length - this.#head
    const mayBeMissed = isProvisional(event)
    if (waiting >= (mayBeMissed ? this.#capacity / 2 : this.#capacity)) {
      this.#isBehind = !mayBeMissed
      this.#skip(event)
      return
    }
    if (this.#skipped > 0) this.#events.push(this.#noteOfSkipped())
    this.#skipped = 0
    this.#events.push(event)
  }

  #skip({ position, atMs }: RunEvent): void {
    this.#skipped++
    this.#place = { position, atMs }
  }

  /** Puts a snapshot in the place of what was dropped; says false where none can be had yet. */
  #catchUp(): boolean {
    const snapshot = this.#parts.snapshot(this.#skipped) ?? this.#lastWord()
    if (snapshot === undefined) return false
    this.#isBehind = false
    this.#skipped = 0
    this.#events.push(snapshot)
    return true
  }

  /** A run that stopped in the middle of a step has no state that could be shown. */
  #lastWord(): RunEvent | undefined {
    return this.#isEnded ? this.#noteOfSkipped() : undefined
  }

  #noteOfSkipped(): RunEvent {
    const text = `${this.#skipped} events were skipped because their reader was too slow; the report has everything`
    return { kind: 'note', text, ...this.#place }
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
