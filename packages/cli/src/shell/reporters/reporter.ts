// What shows a run to a person or a program. One is chosen for each run; all of them hear the same events.
import type { RunEvent } from '@muster/core'

/** Shows a run while it goes on. */
export interface Reporter {
  /** Told of every event, after the progress has taken it. */
  event(event: RunEvent): void
  /** Shows lines that belong to no event, such as what a key press did. */
  tell(lines: readonly string[]): void
  /** Takes down what is drawn and gives the terminal back. May be called twice. */
  end(): void
}
