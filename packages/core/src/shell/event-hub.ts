// Hands events to everybody who listens, and keeps them apart: one that throws is reported and the others hear the event
// all the same. Costs nothing while nobody listens.
import { EventEmitter } from 'eventemitter3'
import { nameAndMessageOf } from '../errors/message-of.ts'
import type { RunEvent } from '../events/run-event.ts'
import { checkEventName } from './check-event-name.ts'
import { EventQueue } from './event-queue.ts'

/** The kinds of event, and `*` for all. */
export type EventName = RunEvent['kind'] | '*'

/** The event of a kind. */
export type EventOf<Name extends EventName> = Name extends '*' ? RunEvent : Extract<RunEvent, { kind: Name }>

/** What can be listened to: events, and `error`, which a run tells when its report rejects. */
export type ListenerName = EventName | 'error'

/** Called with each event, or with the error. */
export type Listener<Name extends ListenerName> = (event: Heard<Name>) => void

/** What a listener is called with. */
type Heard<Name extends ListenerName> = Name extends EventName ? EventOf<Name> : unknown

/** Hears every event of one hub. */
export interface HubObserver {
  readonly name: string
  event(event: RunEvent): void
}

/** Fans events out. */
export class EventHub {
  readonly #emitter = new EventEmitter<Record<ListenerName, [told: unknown, event?: RunEvent]>>()
  readonly #observers: readonly HubObserver[]
  readonly #capacity: number | undefined
  readonly #queues = new Set<EventQueue>()
  #listeners = 0
  #snapshot: (skipped: number) => RunEvent | undefined = () => undefined
  #isEnded = false

  /** `capacity`: events that wait for a reader at most; the default is the queue's. */
  constructor(observers: readonly HubObserver[], capacity?: number) {
    this.#observers = observers
    this.#capacity = capacity
  }

  get isHeard(): boolean {
    return this.#listeners > 0 || this.#observers.length > 0 || this.#queues.size > 0
  }

  /** Adds a listener and returns its removal. */
  on<Name extends ListenerName>(name: Name, listener: Listener<Name>): () => void {
    checkEventName(name)
    const heard = (told: unknown, event?: RunEvent): void => {
      if (!isHeardAs(name, told)) return
      if (event === undefined) listener(told)
      else this.#guard(event, 'a listener', () => listener(told))
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

  /** Where the snapshots for readers that are too slow come from; nothing while the state is not what the journal holds. */
  snapshotFrom(take: (skipped: number) => RunEvent | undefined): void {
    this.#snapshot = take
  }

  /** A sequence of all events from now on; it ends with the run, at once where the run is over. */
  queue(): EventQueue {
    const queue: EventQueue = new EventQueue({
      snapshot: (skipped) => this.#snapshot(skipped),
      capacity: this.#capacity,
      closed: () => this.#queues.delete(queue),
    })
    if (this.#isEnded) queue.end()
    else this.#queues.add(queue)
    return queue
  }

  publish(event: RunEvent): void {
    for (const queue of this.#queues) queue.push(event)
    for (const observer of this.#observers) this.#guard(event, observer.name, () => observer.event(event))
    if (this.#listeners > 0) {
      this.#emitter.emit(event.kind, event, event)
      this.#emitter.emit('*', event, event)
    }
  }

  /** Tells those who listen to `error` why there is no report. What they throw is nobody's but their own: it is not caught. */
  fail(error: unknown): void {
    this.#emitter.emit('error', error)
  }

  /** A snapshot may be taken now: readers that wait for one go on. */
  settle(): void {
    for (const queue of this.#queues) queue.settle()
  }

  /** Ends all sequences. Listeners and observers may still hear a note, as of a hook that throws late. */
  end(): void {
    this.#isEnded = true
    for (const queue of this.#queues) queue.end()
    this.#queues.clear()
  }

  /** `tell` may give back a promise though nobody asked for one: whoever hears may be an asynchronous function. */
  #guard(event: RunEvent, who: string, tell: () => unknown): void {
    try {
      const told = tell()
      if (told instanceof Promise) told.catch((error: unknown) => this.#complain(event, who, error))
    } catch (error) {
      this.#complain(event, who, error)
    }
  }

  #complain(event: RunEvent, who: string, error: unknown): void {
    // A note about a note could go on for ever.
    if (event.kind === 'note') return
    const { position, atMs } = event
    this.publish({ kind: 'note', text: `${who} threw on ${event.kind}: ${nameAndMessageOf(error)}`, position, atMs })
  }
}

function isHeardAs<Name extends ListenerName>(name: Name, told: unknown): told is Heard<Name> {
  return name === '*' || name === 'error' || (told instanceof Object && 'kind' in told && told.kind === name)
}
