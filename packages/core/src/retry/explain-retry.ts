// Why a task is tried again, or is not, in words for people: the same on the board, in logs and in reports. Reasons are codes
// everywhere else.
import type { GiveUpReason, RetryReason } from '../run/entry.ts'

/**
 * Why a task is tried again.
 *
 * @example
 * ```ts
 * explainRetry('detect-flakiness') // => 'only to see whether it is flaky'
 * ```
 */
export function explainRetry(because: RetryReason): string {
  switch (because) {
    case 'may-pass':
      return 'since it may pass'
    case 'detect-flakiness':
      return 'only to see whether it is flaky'
    case 'not-its-fault':
      return 'since it had no part in the failure'
    case 'lost':
      return 'since its attempt was lost'
    case 'refused':
      return 'since its worker refused it'
    case 'recovered':
      return 'since what it waited for is well again'
  }
}

/**
 * Why a task is not tried again.
 *
 * @example
 * ```ts
 * explainGiveUp('not-retryable') // => 'another attempt would not help'
 * ```
 */
export function explainGiveUp(because: GiveUpReason): string {
  switch (because) {
    case 'exhausted':
      return 'it had all its attempts'
    case 'not-retryable':
      return 'another attempt would not help'
    case 'cancelled':
      return 'somebody cancelled it'
    case 'poisoned':
      return 'too many workers died under it'
    case 'lost-too-often':
      return 'it was lost too often'
    case 'not-idempotent':
      return 'it may not run twice, and something of it may have run'
    case 'out-of-time':
      return 'the time for all its attempts is over'
    case 'budget-spent':
      return 'the run has made as many such retries as it may'
    case 'nothing-helps':
      return 'no attempt after such a failure has ever helped'
  }
}
