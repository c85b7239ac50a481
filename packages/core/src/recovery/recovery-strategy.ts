// A way of trying again after a failure, as a plugin: what it does to the next attempt is plain data, because only what a run can
// carry out may be offered. Which strategy helps is not written here: it is learned.
import type { FailureCategory } from '../model/failure.ts'
import { MusterError } from '../errors/muster-error.ts'
import type { RecoveryLevel } from './recovery-words.ts'

/** What a strategy asks of the next attempt. */
export type RecoveryEffect =
  | {
      readonly kind: 'retry'
      /** Wait before it, in milliseconds. @defaultValue what the retry options say */
      readonly delayMs?: number | undefined
      /** @defaultValue `'any'` */
      readonly worker?: 'any' | 'other' | 'same' | undefined
      /** @defaultValue `'same'` */
      readonly reservation?: 'same' | 'larger' | 'whole-worker' | undefined
      /**
       * The process that runs it: a warm one as ever, a fresh one, or a fresh one in which nothing that was compiled or
       * transformed before is used. Only where the worker can replace its processes. @defaultValue `'any'`
       */
      readonly process?: 'any' | 'fresh' | 'fresh-without-cache' | undefined
      /**
       * `'reduced'`: until it is over the run starts new attempts only while fewer run than half of those that ran when the
       * one before failed. @defaultValue `'same'`
       */
      readonly concurrency?: 'same' | 'reduced' | undefined
      /** The worker of the failed attempt is put out of the run, where others can do its work. @defaultValue `false` */
      readonly quarantine?: boolean | undefined
    }
  /** No further attempt: the task keeps the verdict it has, and it is said that nothing helps. */
  | { readonly kind: 'skip' }

/** A way of recovering. */
export interface RecoveryStrategy {
  readonly name: string
  readonly level: RecoveryLevel
  /** For people: what it does, in a few words. */
  readonly does: string
  readonly effect: RecoveryEffect
  /** Categories that it can help with. @defaultValue all that are tried again at all */
  readonly categories?: readonly FailureCategory[] | undefined
  /**
   * How often it is expected to help before anything is known, 0 to 1, with the weight of two observations.
   * @defaultValue `0.5`
   */
  readonly expected?: number | undefined
  /** What it costs beside its time, in milliseconds of everybody's time: a whole worker is taken from others. @defaultValue `0` */
  readonly costMs?: number | undefined
}

/**
 * Checks a strategy and gives it back. Throws `OPTIONS_INVALID` where a name, level or number is not what it should be.
 *
 * @example
 * ```ts
 * const patience = defineRecoveryStrategy({
 *   name: 'patience',
 *   level: 2,
 *   does: 'waits for half a minute',
 *   effect: { kind: 'retry', delayMs: 30_000 },
 *   categories: ['network'],
 * })
 * ```
 */
export function defineRecoveryStrategy(strategy: RecoveryStrategy): RecoveryStrategy {
  const { name, level, expected = 0.5, costMs = 0, effect } = strategy
  const problem = !/^[a-z][a-z0-9-]{0,40}$/.test(name)
    ? (['a name of small letters, digits and hyphens', name] as const)
    : !Number.isInteger(level) || level < 1 || level > 5
      ? (['a level from 1 to 5', String(level)] as const)
      : !(expected >= 0 && expected <= 1)
        ? (['`expected` from 0 to 1', String(expected)] as const)
        : !(costMs >= 0 && costMs < Infinity)
          ? (['`costMs` from 0 up', String(costMs)] as const)
          : effect.kind === 'retry' &&
              effect.delayMs !== undefined &&
              !(effect.delayMs >= 0 && effect.delayMs < Infinity)
            ? (['`delayMs` from 0 up', String(effect.delayMs)] as const)
            : undefined
  if (problem === undefined) return strategy
  throw new MusterError('OPTIONS_INVALID', { expected: `a recovery strategy with ${problem[0]}`, got: problem[1] })
}
