// Hears events and decides nothing.
import type { RunEvent } from '../events/run-event.ts'

/** Is told of every event. A throw is reported as a note and otherwise ignored. */
export interface Observer {
  /** Named in the note that tells of a throw. */
  readonly name: string
  /** Hears one event, in the turn of the run: what takes long belongs elsewhere. */
  event(event: RunEvent, run: string): void
  /**
   * Nothing more will be heard of a run that stopped before its end, as where its store broke or another owner took it over.
   * A run that ended, also by an interrupt, is told by `run-ended` instead.
   */
  stopped?(run: string, error: unknown): void
}
