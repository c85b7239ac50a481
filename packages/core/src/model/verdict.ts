// What a task came to. Derived from its attempts and its edges by `judge`, never stored beside them.
import type { Failure } from './failure.ts'

/** What a task came to, and why. */
export type Verdict =
  | { readonly kind: 'passed' }
  /** Passed after at least one attempt that failed. Never plain green. */
  | { readonly kind: 'flaky'; readonly failedAttempts: number }
  | { readonly kind: 'failed'; readonly failure?: Failure | undefined }
  | { readonly kind: 'timed-out'; readonly failure?: Failure | undefined }
  /**
   * A hard dependency did not pass; `by` is the task or group that stands in the way. Where `limitMs` is set, it had not
   * passed when the time limit of the dependency, in milliseconds, was over; it may have passed later.
   */
  | { readonly kind: 'blocked'; readonly by: string; readonly limitMs?: number | undefined }
  /** `by` is set where a skipped dependency caused it. */
  | { readonly kind: 'skipped'; readonly because: string; readonly by?: string | undefined }
  | { readonly kind: 'cancelled'; readonly by: string }
  /** Taken out of the run after it was running on several workers that died. */
  | { readonly kind: 'poisoned'; readonly workersLost: number }
  | { readonly kind: 'unplaceable'; readonly missing: readonly string[] }

/** The verdict's kind alone. */
export type VerdictKind = Verdict['kind']

/** Every kind of verdict, in the order in which counts of them are told: what is well first, then what is not. */
export const verdictKinds: readonly [
  'passed',
  'flaky',
  'failed',
  'timed-out',
  'blocked',
  'skipped',
  'cancelled',
  'poisoned',
  'unplaceable',
] = ['passed', 'flaky', 'failed', 'timed-out', 'blocked', 'skipped', 'cancelled', 'poisoned', 'unplaceable']
