// Options of retries that cannot all be meant. They are refused where they are given, since a rule that quietly wins over
// another is found out only when a test was not tried again.
import { failureCategories } from '../schemas/word-schemas.ts'
import { plainPolicy } from './plain-policy.ts'
import type { CategoryRetryOptions, RetryOptions, RunRetryOptions } from './retry-options.ts'

/** What contradicts what. */
export interface Contradiction {
  /** The option to look at. */
  readonly path: readonly string[]
  /** What was expected of it, after "expected". */
  readonly message: string
}

/** Every contradiction in what is said of a task or of the tasks of a runner. */
export function contradictionsOf(given: RetryOptions): readonly Contradiction[] {
  const found: Contradiction[] = ofRule(given, [])
  for (const category of failureCategories) {
    const rule = given.categories?.[category]
    if (typeof rule === 'object') found.push(...ofRule(rule, ['categories', category]))
  }
  return found
}

/** Every contradiction in what is said of a run: there is nothing wider, so what it leaves out is known. */
export function contradictionsOfRun(given: RunRetryOptions): readonly Contradiction[] {
  const found: Contradiction[] = [...contradictionsOf(given)]
  const { budget, maxAttempts = 1, baseDelayMs = 0, maxDelayMs } = given
  if (maxDelayMs === undefined && baseDelayMs > plainPolicy.maxDelayMs)
    found.push({
      path: ['baseDelayMs'],
      message: `expected at most the longest wait, maxDelayMs (${plainPolicy.maxDelayMs})`,
    })
  if (budget?.share === 0 && budget.floor === 0 && maxAttempts > 1)
    found.push({ path: ['maxAttempts'], message: 'expected 1, since the budget (share 0, floor 0) allows no retry' })
  return found
}

function ofRule(rule: CategoryRetryOptions, path: readonly string[]): Contradiction[] {
  const { maxAttempts = 1, when, backoff = 'exponential', baseDelayMs = 0, maxDelayMs = Infinity, reservation } = rule
  const found: Contradiction[] = []
  const add = (field: string, message: string): void => {
    found.push({ path: [...path, field], message: `expected ${message}` })
  }
  // What says what holds anyway contradicts nothing.
  const says = (field: 'factor' | 'jitter' | 'reservationFactor'): boolean =>
    rule[field] !== undefined && rule[field] !== plainPolicy[field]
  if (baseDelayMs > maxDelayMs) add('baseDelayMs', `at most the longest wait, maxDelayMs (${maxDelayMs})`)
  if (when === 'never' && maxAttempts > 1) add('maxAttempts', "1 or nothing, since when is 'never'")
  if (says('factor') && backoff !== 'exponential')
    add('factor', `nothing, since waits that are ${backoff} have no factor`)
  if (says('jitter') && backoff === 'decorrelated') add('jitter', 'nothing, since decorrelated waits are drawn already')
  if (says('reservationFactor') && reservation !== undefined && reservation !== 'larger')
    add('reservationFactor', `nothing, since the reservation is ${reservation}`)
  return found
}
