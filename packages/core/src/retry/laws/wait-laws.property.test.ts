// Waits, over all rules, dice and wishes of the other side.
import { expect, test } from 'vitest'
import { backoffDelay } from '../backoff-delay.ts'
import {
  askIsLowerBound,
  capHolds,
  decorrelatedBoundsHold,
  decorrelatedWaitsGrow,
  jitterSpreads,
  noTwoInStep,
  waitsNeverShrink,
} from './wait-laws.ts'
import { retryWait } from '../retry-wait.ts'

test('the cap holds after jitter, and waits are whole milliseconds', () => {
  capHolds(retryWait)
})

test('what the other side asked for is a lower bound, up to the most that is waited for', () => {
  askIsLowerBound(retryWait)
})

test('a decorrelated wait lies between the first wait and three times the one before', () => {
  decorrelatedBoundsHold(retryWait)
  decorrelatedWaitsGrow(retryWait)
})

test('without jitter no wait is shorter than the one before it', () => {
  waitsNeverShrink(retryWait)
})

test('full jitter spreads waits from nothing to the whole', () => {
  jitterSpreads(retryWait)
})

test('no two tasks that failed at the same moment begin again in step', () => {
  noTwoInStep(retryWait)
})

// Nothing times infinity is not a number: found by drawing a first wait of nothing and a thousand failures.
test('a wait of nothing stays nothing, however often it is multiplied', () => {
  expect(backoffDelay({ baseDelayMs: 0, factor: 10, maxDelayMs: 1000, jitter: 0 }, 1000, 0.5)).toBe(0)
})
