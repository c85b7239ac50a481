// What the next attempt of a task is made by, as the journal, events and reports hold it; and the same in words for people.
import type { FailureCategory } from '../model/failure.ts'
import type { RecoveryReason } from './recovery-words.ts'
import type { RecoveryLevel } from './recovery-words.ts'

/** A rung that a task was put on. */
export interface RecoveryUsed {
  /** Category of the failure that it follows. */
  readonly category: FailureCategory
  /** Name of the strategy. */
  readonly strategy: string
  readonly level: RecoveryLevel
  readonly because: RecoveryReason
  /** Uses of it after such failures that helped, and all of them, as they were known when the run began. */
  readonly helped?: number | undefined
  readonly uses?: number | undefined
}

/** A rung as it is carried out. */
export interface RecoveryTaken extends RecoveryUsed {
  /** Place of the rung in its ladder, from 0. */
  readonly rung: number
  /** The process that the attempt is to have; absent where any is as good. */
  readonly process?: 'fresh' | 'fresh-without-cache' | undefined
  /** Until the attempt is over nothing is started while so many run. */
  readonly inFlight?: number | undefined
  /** The worker that is put out for it. */
  readonly putsOut?: number | undefined
}

/**
 * What is done and why, in words.
 *
 * @example
 * ```ts
 * explainRecovery({ category: 'timeout', strategy: 'restart', level: 2, because: 'best-known', helped: 3, uses: 4 })
 * // => 'level 2: restart, because 3 of 4 such helped'
 * ```
 */
export function explainRecovery({ strategy, level, because, helped, uses }: RecoveryUsed): string {
  const known = helped === undefined || uses === undefined ? '' : `${helped} of ${uses} such helped`
  return `level ${level}: ${strategy}, ${reasonOf(because, known)}`
}

function reasonOf(because: RecoveryReason, known: string): string {
  switch (because) {
    case 'best-known':
      return known === '' ? 'because it has helped most' : `because ${known}`
    case 'explored':
      return `to see whether it helps${known === '' ? '' : ` (${known} so far)`}`
    case 'least-disturbing':
      return 'because it disturbs least and nothing is known yet'
    case 'default':
      return 'as such failures are met'
    case 'all-retired':
      return 'because nothing has ever helped'
  }
}
