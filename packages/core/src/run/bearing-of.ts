// What the end of an attempt says about the worker, the host and the resources it had, and about its category. Only failures
// that lie outside of the test speak against them; a test that failed by itself shows that they work.
import type { FailureCategory } from '../model/failure.ts'
import type { Outcome } from '../model/outcome.ts'
import type { BreakerKey } from './breaker-key.ts'
import { kindOfKey, subjectOfKey } from './breaker-key.ts'

/** Speaks for it, against it, or says nothing. */
export type Bearing = 'succeeded' | 'failed' | 'neutral'

/** Categories that count against workers, hosts and resources, and of which there are breakers. */
const outside: ReadonlySet<FailureCategory> = new Set([
  'network',
  'resource',
  'hardware-device',
  'infrastructure',
] satisfies FailureCategory[])

/** Categories that speak against the worker itself. */
const ofWorker: ReadonlySet<FailureCategory> = new Set([
  'hardware-device',
  'infrastructure',
] satisfies FailureCategory[])

/** Categories of which the test itself is the cause: it ran, so what it ran on works. */
const inside: ReadonlySet<FailureCategory> = new Set([
  'assertion',
  'exception',
  'data-parse',
] satisfies FailureCategory[])

/** The category that counts against something, or nothing where the outcome speaks against nothing. */
export function blameOf({ result, failure }: Outcome): FailureCategory | undefined {
  if (failure === undefined || (result !== 'failed' && result !== 'timed-out')) return undefined
  const isOwn = failure.fault === 'test' || failure.fault === 'product'
  return !isOwn && outside.has(failure.category) ? failure.category : undefined
}

/** Whether the outcome speaks against the worker that it was on. */
export function blamesWorker(outcome: Outcome): boolean {
  const category = blameOf(outcome)
  return category !== undefined && ofWorker.has(category)
}

/** What the outcome says to a breaker; `hasUses` where its task uses something outside of the worker. */
export function bearingOf(outcome: Outcome, key: BreakerKey, hasUses: boolean): Bearing {
  const { result, failure } = outcome
  if (result === 'passed') return 'succeeded'
  if (result === 'failed' && failure !== undefined && inside.has(failure.category)) return 'succeeded'
  const category = blameOf(outcome)
  if (category === undefined) return 'neutral'
  switch (kindOfKey(key)) {
    case 'probation':
      return ofWorker.has(category) ? 'failed' : 'neutral'
    case 'category':
      return category === subjectOfKey(key) ? 'failed' : 'neutral'
    case 'worker':
    case 'host':
      // What it uses did not answer: that is said of what it uses, not of who asked.
      return category === 'network' && hasUses ? 'neutral' : 'failed'
    case 'resource':
      return 'failed'
  }
}
