// The observers of one run: those of the orchestrator, told which run it is that they hear of, and the logger among them.
import { messageOf } from '../errors/message-of.ts'
import type { Logger } from '../ports/logger.ts'
import type { Observer } from '../ports/observer.ts'
import type { EventHub, HubObserver } from './event-hub.ts'
import { logObserver } from './log-observer.ts'

/** Who hears the events of every run. */
interface Listening {
  readonly observers?: readonly Observer[] | undefined
  readonly logger?: Logger | undefined
}

/** An observer of one run. */
export interface RunObserver extends HubObserver {
  stopped(error: unknown): void
}

/** The observers, each bound to the run. */
export function observersOf({ observers = [], logger }: Listening, run: string): readonly RunObserver[] {
  const all = logger === undefined ? observers : [...observers, logObserver(logger)]
  return all.map((observer) => ({
    name: observer.name,
    // What it gives back is looked at: it may be asynchronous though nobody asked for that.
    event: (event) => observer.event(event, run),
    stopped: (error) => {
      observer.stopped?.(run, error)
    },
  }))
}

/** Tells them that the run stopped before its end. One that throws spoils nothing for the others. */
export function tellStopped(observers: readonly RunObserver[], hub: EventHub, error: unknown): void {
  for (const observer of observers) {
    try {
      observer.stopped(error)
    } catch (thrown) {
      const text = `${observer.name} threw on the end of the run: ${messageOf(thrown)}`
      hub.publish({ kind: 'note', text, position: 0, atMs: 0 })
    }
  }
}
