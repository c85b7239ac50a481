// Whether a task is tried again, over all that may have happened to it.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { backoffDelay } from '../retry/backoff-delay.ts'
import { retryOptions } from '../retry/retry-options.ts'
import { decideRetry, type RetryQuestion } from './decide-retry.ts'

const anyRetry = fc
  .record({
    maxAttempts: fc.integer({ min: 1, max: 20 }),
    baseDelayMs: fc.nat({ max: 10_000 }),
    factor: fc.double({ min: 1, max: 10, noNaN: true }),
    maxDelayMs: fc.nat({ max: 60_000 }),
    jitter: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map((options) => retryOptions.parse(options))
const anyRoll = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
const anyQuestion: fc.Arbitrary<RetryQuestion> = fc.record({
  retry: anyRetry,
  ending: fc.constantFrom('failed', 'lost-worker', 'lost-uncharged', 'refused'),
  charged: fc.integer({ min: 1, max: 25 }),
  workersLost: fc.nat({ max: 6 }),
  losses: fc.integer({ min: 1, max: 120 }),
  poisonAfter: fc.integer({ min: 1, max: 5 }),
  maxLosses: fc.integer({ min: 1, max: 100 }),
  cancelled: fc.boolean(),
  roll: anyRoll,
})

test('a wait is whole, never longer than the longest, and never below its share of the whole', () => {
  fc.assert(
    fc.property(anyRetry, fc.integer({ min: 1, max: 1000 }), anyRoll, (retry, failures, roll) => {
      const delayMs = backoffDelay(retry, failures, roll)
      const wholeMs = Math.min(retry.maxDelayMs, retry.baseDelayMs * retry.factor ** (failures - 1))
      expect(Number.isInteger(delayMs)).toBe(true)
      expect(delayMs).toBeLessThanOrEqual(Math.min(retry.maxDelayMs, Math.ceil(wholeMs)))
      expect(delayMs).toBeGreaterThanOrEqual(Math.floor(wholeMs * (1 - retry.jitter)))
    }),
  )
})

test('without jitter no wait is shorter than the one before it', () => {
  fc.assert(
    fc.property(anyRetry, fc.integer({ min: 1, max: 100 }), (retry, failures) => {
      const steady = { ...retry, jitter: 0 }
      expect(backoffDelay(steady, failures + 1, 0)).toBeGreaterThanOrEqual(backoffDelay(steady, failures, 0))
    }),
  )
})

test('whoever is cancelled is not tried again', () => {
  fc.assert(
    fc.property(anyQuestion, (question) => {
      expect(decideRetry({ ...question, cancelled: true })).toEqual({ kind: 'stop', because: 'cancelled' })
    }),
  )
})

test('only failed attempts use up retries, exactly as many as there are', () => {
  fc.assert(
    fc.property(anyQuestion, (given) => {
      const question = { ...given, cancelled: false }
      const decision = decideRetry(question)
      const isExhausted = decision.kind === 'stop' && decision.because === 'exhausted'
      expect(isExhausted).toBe(question.ending === 'failed' && question.charged >= question.retry.maxAttempts)
    }),
  )
})

test('only workers that died poison a task, and losses without its fault end it at their own limit', () => {
  fc.assert(
    fc.property(anyQuestion, (given) => {
      const question = { ...given, cancelled: false }
      const decision = decideRetry(question)
      const isPoisoned = question.ending === 'lost-worker' && question.workersLost >= question.poisonAfter
      expect(decision.kind === 'stop' && decision.because === 'poisoned').toBe(isPoisoned)
      const isLostTooOften = question.ending !== 'failed' && !isPoisoned && question.losses >= question.maxLosses
      expect(decision.kind === 'stop' && decision.because === 'lost-too-often').toBe(isLostTooOften)
    }),
  )
})

test('a worker that refuses is not asked in a circle', () => {
  fc.assert(
    fc.property(anyQuestion, (given) => {
      const decision = decideRetry({ ...given, cancelled: false, ending: 'refused', maxLosses: 1000 })
      if (decision.kind === 'stop') throw new Error('a refusal is not a reason to stop')
      expect(decision.delayMs).toBeGreaterThan(0)
      expect(decision.delayMs).toBeLessThanOrEqual(5000)
    }),
  )
})
