// What stands between wanting to start something and starting it, as data: rules and counts in one value, so that it can be
// shown, stored and composed. Nothing here has a clock; time comes in with each question, real or virtual.
import type { Resolved } from '../options/resolved.ts'
import type { BreakerOptions } from './breaker-options.ts'
import type { BreakerState } from './breaker-state.ts'

/** At most so many under way at the same time. */
export interface Bulkhead {
  readonly kind: 'bulkhead'
  readonly limit: number
  readonly running: readonly string[]
}

/** So many starts a second on average; after a quiet time some more at once. A token bucket. */
export interface RateLimit {
  readonly kind: 'rate-limit'
  readonly perSecond: number
  /** Tokens that the bucket holds at most. */
  readonly burst: number
  readonly tokens: number
  /** When the tokens were counted. */
  readonly atMs: number
}

/** Nothing may take longer. */
export interface TimeOut {
  readonly kind: 'time-out'
  readonly limitMs: number
  /** When what is under way started, by id, oldest first. */
  readonly started: readonly (readonly [id: string, atMs: number])[]
}

/** Nothing starts while too much fails. */
export interface CircuitBreaker {
  readonly kind: 'circuit-breaker'
  readonly options: Resolved<BreakerOptions>
  readonly seed: number
  readonly state: BreakerState
  /** Probes under way by id, with the opening that they belong to. */
  readonly probes: readonly (readonly [id: string, opened: number])[]
}

/** All of several guards. */
export interface Composed {
  readonly kind: 'composed'
  readonly guards: readonly Guard[]
}

/** A guard with all that it has counted. */
export type Guard = Bulkhead | RateLimit | TimeOut | CircuitBreaker | Composed

/** What a guard is told. */
export type GuardEvent =
  | { readonly kind: 'started'; readonly id: string }
  /** `neutral` says nothing about what is guarded. */
  | { readonly kind: 'ended'; readonly id: string; readonly as: 'succeeded' | 'failed' | 'neutral' }
  | { readonly kind: 'tick' }

/** Whether something may start now. */
export type GuardAnswer =
  | { readonly kind: 'go' }
  | {
      readonly kind: 'wait'
      /** Which guard says so. */
      readonly by: Exclude<Guard['kind'], 'composed'>
      readonly because: string
      /** When it is worth asking again; absent where only an event changes the answer. */
      readonly untilMs?: number | undefined
    }
