// Every way to ask for what cannot be is refused, by the names of those it is about.
import { expect, test } from 'vitest'
import { adjustShares } from './adjust-shares.ts'
import { fairShare, ownerShares, quotas } from './owner-shares.ts'

test('more is promised than there is', () => {
  expect(() => quotas({ shares: { web: { nominal: 0.7 }, api: { nominal: 0.5 } } })).toThrow(
    'the owners add up to 1.2 (web 0.7, api 0.5)',
  )
  const shares = { web: { nominal: 1 }, 'web/a': { nominal: 0.6 }, 'web/b': { nominal: 0.6 } }
  expect(() => quotas({ shares })).toThrow('those of web add up to 1.2 (web/a 0.6, web/b 0.6)')
})

test('owners within themselves, under nobody, or without a name', () => {
  expect(() => quotas({ shares: { 'a/b/a': { nominal: 0.1 } } })).toThrow('a would be within itself')
  expect(() => quotas({ shares: { 'web/ann': { nominal: 0.5 } } })).toThrow(
    'web/ann has a share of web, which has none',
  )
  expect(() => fairShare({ weights: { 'web//ann': 2 } })).toThrow('has an empty name in it')
})

test.each([
  [{ fairShare: { weights: { a: NaN } } }],
  [{ fairShare: { weights: { a: 0 } } }],
  [{ fairShare: { halfLifeMs: -1 } }],
  [{ fairShare: { limits: { a: 1.5 } } }],
  [{ quotas: { shares: { a: { nominal: -0.1 } } } }],
  [{ quotas: { shares: { a: { nominal: 0.1, borrowing: NaN } } } }],
  [{ quotas: { shares: { a: { nominal: 0.1, lending: 2 } } } }],
  [{ quotas: { shares: {}, adjust: { everyMs: 0 } } }],
])('%j is refused', (options) => {
  expect(() => ownerShares(options)).toThrow('OPTIONS_INVALID')
})

test('shares follow use, and keep their sum', () => {
  const adjusted = adjustShares(
    [
      { promised: 0.5, used: 0.1 },
      { promised: 0.5, used: 0.9 },
    ],
    0.2,
  )
  expect(adjusted).toEqual([0.4, 0.6])
  expect(adjustShares([{ promised: 0.5, used: 0.9 }], 0.2)).toEqual([0.5])
})
