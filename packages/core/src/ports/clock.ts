// Time, passed in. Nothing outside `shell/` reads a clock of its own.

/** Undoes a wait that has not come due. */
export type CancelWait = () => void

/** A source of time. */
export interface Clock {
  /** Milliseconds that never go back; its zero is anywhere. */
  now(): number
  /** Milliseconds since 1970; may jump. Decides nothing. */
  wallNow(): number
  /** Calls `then` once, `delayMs` from now. */
  after(delayMs: number, then: () => void): CancelWait
}
