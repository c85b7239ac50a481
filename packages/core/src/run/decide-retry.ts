// Whether a task is tried again after an attempt that did not pass, and when. Knows nothing of clocks: delays are data.
import type { LossCause } from '../model/report.ts'
import type { Resolved } from '../options/resolved.ts'
import type { RetryOptions } from '../retry/retry-options.ts'
import { backoffDelay } from '../retry/backoff-delay.ts'
import type { GiveUpReason } from './entry.ts'

/** What the decision rests on. */
export interface RetryQuestion {
  readonly retry: Resolved<RetryOptions>
  /** How the last attempt was over: ended without passing, or lost by whose fault. */
  readonly ending: 'failed' | 'lost-worker' | 'lost-uncharged' | 'refused'
  /** Attempts that ended without passing, this one included. */
  readonly charged: number
  /** Attempts lost with their worker. */
  readonly workersLost: number
  /** Attempts lost in any way. */
  readonly losses: number
  readonly poisonAfter: number
  readonly maxLosses: number
  /** Somebody asked for an end. */
  readonly cancelled: boolean
  /** A number in [0, 1) from seeded dice. */
  readonly roll: number
}

/** What to do with the task now. */
export type RetryDecision =
  { readonly kind: 'retry'; readonly delayMs: number } | { readonly kind: 'stop'; readonly because: GiveUpReason }

/** Decides what follows an attempt that did not pass. Only charged attempts use up `maxAttempts`. */
export function decideRetry(question: RetryQuestion): RetryDecision {
  const { retry, ending, charged, workersLost, losses, poisonAfter, maxLosses, cancelled } = question
  if (cancelled) return { kind: 'stop', because: 'cancelled' }
  switch (ending) {
    case 'failed':
      if (charged >= retry.maxAttempts) return { kind: 'stop', because: 'exhausted' }
      return { kind: 'retry', delayMs: backoffDelay(retry, charged, question.roll) }
    case 'lost-worker':
      if (workersLost >= poisonAfter) return { kind: 'stop', because: 'poisoned' }
      return losses >= maxLosses ? { kind: 'stop', because: 'lost-too-often' } : { kind: 'retry', delayMs: 0 }
    case 'refused':
      // Nothing ran: wait a little longer each time, so that a full worker is not asked in a circle.
      if (losses >= maxLosses) return { kind: 'stop', because: 'lost-too-often' }
      return { kind: 'retry', delayMs: Math.min(5_000, 50 * 2 ** Math.min(losses - 1, 10)) }
    case 'lost-uncharged':
      return losses >= maxLosses ? { kind: 'stop', because: 'lost-too-often' } : { kind: 'retry', delayMs: 0 }
  }
}

/** How the decision takes an attempt that was lost: only a refusal makes it wait, only a worker's death may poison. */
export function endingOfLoss(cause: LossCause): RetryQuestion['ending'] {
  switch (cause) {
    case 'worker':
      return 'lost-worker'
    case 'refused':
      return 'refused'
    case 'coordinator':
    case 'pre-empted':
      return 'lost-uncharged'
  }
}
