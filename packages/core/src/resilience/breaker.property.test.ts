import { test } from 'vitest'
import { everyHoldEnds, keepsItsRules } from './laws/breaker-laws.ts'
import { nextBreaker } from './next-breaker.ts'

test('a breaker opens exactly when too much failed, closes only after successes, and lets only its probes through', () => {
  keepsItsRules(nextBreaker)
})

test('every hold of a breaker ends, whether its probes fail or never end', () => {
  everyHoldEnds(nextBreaker)
})
