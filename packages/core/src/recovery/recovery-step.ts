// One rung of the ladder that a failure climbs: which strategy the next attempt is made by, and what that rests on. Ladders are
// data in the retry options of a run, so its journal holds them and a replay needs no memory of what was known then.
import type { RecoveryReason } from './recovery-words.ts'
import type { RecoveryEffect } from './recovery-strategy.ts'
import type { RecoveryLevel } from './recovery-words.ts'

/** A rung. */
export interface RecoveryStep {
  /** Name of the strategy. */
  readonly strategy: string
  readonly level: RecoveryLevel
  readonly effect: RecoveryEffect
  readonly because: RecoveryReason
  /** Uses of it after such failures that helped, and all of them, as far as they were known when the ladder was made. */
  readonly helped?: number | undefined
  readonly uses?: number | undefined
}
