// The states of a circuit breaker as data: they are shown, written to journals and read back, so they hold no functions and
// nothing that could be worked out from the rest.

/** Something that happened to what the breaker watches. */
export interface RecentEvent {
  readonly atMs: number
  readonly failed: boolean
}

/** Where a breaker stands. `opened` counts how often it ever opened, and names the opening that a probe belongs to. */
export type BreakerState =
  /** Everything goes through; the recent events are counted, oldest first. */
  | { readonly kind: 'closed'; readonly recent: readonly RecentEvent[]; readonly opened: number }
  /** Nothing goes through before `untilMs`. */
  | {
      readonly kind: 'open'
      /** How often it opened since it was closed, this time included. */
      readonly openings: number
      /** When it first opened since it was closed. */
      readonly heldSinceMs: number
      readonly untilMs: number
      readonly opened: number
    }
  /** A few go through as probes. */
  | {
      readonly kind: 'half-open'
      readonly openings: number
      readonly heldSinceMs: number
      /** Probes under way, and those that succeeded and failed. */
      readonly underWay: number
      readonly succeeded: number
      readonly failed: number
      /** When the oldest probe counts as failed; absent while there is none. */
      readonly untilMs?: number | undefined
      readonly opened: number
    }
  /** It held things up for as long as it may: everything goes through until something succeeds. */
  | { readonly kind: 'spent'; readonly answered: boolean; readonly opened: number }

/** What a breaker is told. */
export type BreakerEvent =
  /** Something ended that was no probe. */
  | { readonly kind: 'succeeded' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'probe-started' }
  /**
   * A probe ended. `opened` is what it was when the probe started: a probe of an earlier opening tells nothing any more.
   * `neutral` says nothing about what is watched, and gives the place back.
   */
  | { readonly kind: 'probe-ended'; readonly opened: number; readonly as: 'succeeded' | 'failed' | 'neutral' }
  /** Time went by. */
  | { readonly kind: 'tick' }

/** A breaker of which nothing is known: closed, without recent events. */
export const closedBreaker: BreakerState = { kind: 'closed', recent: [], opened: 0 }
