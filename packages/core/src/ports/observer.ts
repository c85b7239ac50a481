// Hears events and decides nothing.
import type { RunEvent } from '../events/run-event.ts'

/** Is told of every event. A throw is reported as a note and otherwise ignored. */
export interface Observer {
  readonly name: string
  event(event: RunEvent): void
}
