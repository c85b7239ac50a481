// What servers ask for, in every way they do, and what only looks like it.
import { expect, test } from 'vitest'
import { classifyFailure } from '../classify-failure.ts'
import { failureFromError } from '../failure-from-error.ts'

const limited = (headers: unknown, more: object = {}): Error =>
  Object.assign(new Error('Too Many Requests'), { status: 429, headers, ...more })

const refuse = (): never => {
  throw new Error('no')
}

test.each<readonly [string, Error, number | undefined]>([
  ['a header on the error', limited({ 'retry-after': '30' }), 30_000],
  ['a header on the response', limited(undefined, { response: { headers: { 'Retry-After': 2 } } }), 2000],
  ['headers that are asked', limited(new Map([['retry-after', '7']])), 7000],
  ['a number of milliseconds', limited(undefined, { retryAfterMs: 1500 }), 1500],
  ['a date, which depends on clocks', limited({ 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }), undefined],
  [
    'a date beside that of the response',
    limited(
      new Map([
        ['retry-after', 'Mon, 01 Mar 2027 00:00:05 GMT'],
        ['date', 'Sun, 28 Feb 2027 23:59:35 GMT'],
      ]),
    ),
    30_000,
  ],
  [
    'a date that is over',
    limited({ 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT', date: 'Wed, 21 Oct 2026 07:29:00 GMT' }),
    0,
  ],
  ['nonsense', limited({ 'retry-after': '-3' }), undefined],
  ['more than a day', limited({ 'retry-after': '999999' }), undefined],
  ['headers that answer something else', limited({ get: () => 'soon' }), undefined],
  ['headers that throw', limited({ get: refuse }), undefined],
  ['an error of no server', Object.assign(new TypeError('x'), { headers: { 'retry-after': '3' } }), undefined],
])('%s', (_, error, expected) => {
  expect(failureFromError(error).retryAfterMs).toBe(expected)
})

test.each<readonly [string, number | undefined]>([
  ['HTTP/1.1 503 Service Unavailable\nRetry-After: 120', 120_000],
  ['< HTTP/2 429\n< retry-after: 5', 5000],
  ['429 Too Many Requests: retry after 1.5 seconds', 1500],
  ['status 429: rate limit reached, please try again in 2 minutes', 120_000],
  ['429 Too Many Requests (try again in 250ms)', 250],
  ['429 Too Many Requests\nretry after a while', undefined],
  ['429 Too Many Requests, see the retry-after header: 12 is not it', undefined],
  ["AssertionError: expected 'retry after 5 seconds' to be 'now'", undefined],
])('%j', (text, expected) => {
  expect(classifyFailure({ text }).retryAfterMs).toBe(expected)
})

test('whoever knows it is believed before all texts', () => {
  const failure = classifyFailure({ httpStatus: 429, retryAfterMs: 10, text: 'retry after 5 seconds' })
  expect(failure).toMatchObject({ category: 'network', code: 'rate-limit', retryAfterMs: 10 })
})
