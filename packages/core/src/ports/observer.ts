// Hears events and decides nothing.
import type { RunEvent } from '../events/run-event.ts'

/** Is told of every event. A throw is reported as a note and otherwise ignored. */
export interface Observer {
  /** Named in the note that tells of a throw. */
  readonly name: string
  /** Hears one event, in the turn of the run: what takes long belongs elsewhere. */
  event(event: RunEvent): void
}
