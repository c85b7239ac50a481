import { expect, test } from 'vitest'
import { parseOptions } from '../errors/parse-options.ts'
import { retryOptions, retryOrAttempts, taskRetryOptions } from './retry-schemas.ts'

test.each([
  [{ baseDelayMs: 500, maxDelayMs: 100 }, 'retry.baseDelayMs: expected at most the longest wait, maxDelayMs (100)'],
  [{ baseDelayMs: 60_000 }, 'retry.baseDelayMs: expected at most the longest wait, maxDelayMs (30000)'],
  [
    { categories: { network: { when: 'never', maxAttempts: 3 } } },
    "retry.categories.network.maxAttempts: expected 1 or nothing, since when is 'never'",
  ],
  [{ backoff: 'constant', factor: 3 }, 'retry.factor: expected nothing, since waits that are constant have no factor'],
  [
    { backoff: 'decorrelated', jitter: 0.5 },
    'retry.jitter: expected nothing, since decorrelated waits are drawn already',
  ],
  [
    { reservation: 'whole-worker', reservationFactor: 4 },
    'retry.reservationFactor: expected nothing, since the reservation is whole-worker',
  ],
  [
    { maxAttempts: 2, budget: { share: 0, floor: 0 } },
    'retry.maxAttempts: expected 1, since the budget (share 0, floor 0) allows no retry',
  ],
  [
    { runners: { vitest: { baseDelayMs: 9, maxDelayMs: 1 } } },
    'retry.runners.vitest.baseDelayMs: expected at most the longest wait, maxDelayMs (1)',
  ],
  [{ categories: { netwrok: 2 } }, 'netwrok'],
  [{ categories: { network: 0 } }, 'retry.categories.network: expected'],
])('%j is refused by name', (given, expected) => {
  expect(() => parseOptions(retryOptions, given, 'retry')).toThrow(expected)
  expect(() => parseOptions(retryOrAttempts, given, 'retry')).toThrow(expected)
})

test('what says what holds anyway contradicts nothing', () => {
  expect(() => retryOptions.parse({ backoff: 'constant', factor: 2 })).not.toThrow()
  // The longest wait may be said by whatever is wider.
  expect(() => taskRetryOptions.parse({ baseDelayMs: 60_000 })).not.toThrow()
})
