// Hands events to everybody who listens, and keeps them apart: one that throws is reported and the others hear the event
// all the same. Costs nothing while nobody listens.
import { EventEmitter } from 'eventemitter3'
import type { RunEvent, RunEventBody } from '../events/run-event.ts'
import type { Observer } from '../ports/observer.ts'
import { EventQueue } from './event-queue.ts'

/** The kinds of event, and `*` for all. */
export type EventName = RunEvent['kind'] | '*'

/** The event of a kind. */
export type EventOf<Name extends EventName> = Name extends '*' ? RunEvent : Extract<RunEvent, { kind: Name }>

/** Called with each event. */
export type Listener<Name extends EventName> = (event: EventOf<Name>) => void

/** Fans events out. */
export class EventHub {
  readonly #emitter = new EventEmitter<Record<EventName, [RunEvent]>>()
  readonly #observers: readonly Observer[]
  readonly #queues = new Set<EventQueue>()
  #listeners = 0

  constructor(observers: readonly Observer[]) {
    this.#observers = observers
  }

  get isHeard(): boolean {
    return this.#listeners > 0 || this.#observers.length > 0 || this.#queues.size > 0
  }

  /** Adds a listener and returns its removal. */
  on<Name extends EventName>(name: Name, listener: Listener<Name>): () => void {
    const heard = (event: RunEvent): void => {
      if (isEventOf(name, event))
        this.#guard(event, 'a listener', () => {
          listener(event)
        })
    }
    this.#emitter.on(name, heard)
    this.#listeners++
    let isOn = true
    return () => {
      if (!isOn) return
      isOn = false
      this.#listeners--
      this.#emitter.off(name, heard)
    }
  }

  /** A sequence of all events from now on. */
  queue(): EventQueue {
    const queue = new EventQueue((ended) => this.#queues.delete(ended))
    this.#queues.add(queue)
    return queue
  }

  publish(body: RunEventBody, position: number, atMs: number): void {
    const event: RunEvent = { ...body, position, atMs }
    for (const queue of this.#queues) queue.push(event)
    for (const observer of this.#observers)
      this.#guard(event, observer.name, () => {
        observer.event(event)
      })
    if (this.#listeners > 0) {
      this.#emitter.emit(event.kind, event)
      this.#emitter.emit('*', event)
    }
  }

  end(): void {
    for (const queue of this.#queues) queue.end()
  }

  #guard(event: RunEvent, who: string, tell: () => void): void {
    try {
      tell()
    } catch (error) {
      // A note about a note could go on for ever.
      if (event.kind === 'note') return
      const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
      this.publish({ kind: 'note', text: `${who} threw on ${event.kind}: ${what}` }, event.position, event.atMs)
    }
  }
}

function isEventOf<Name extends EventName>(name: Name, event: RunEvent): event is EventOf<Name> {
  return name === '*' || event.kind === name
}
