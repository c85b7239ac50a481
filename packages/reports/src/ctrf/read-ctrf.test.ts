// CTRF of other producers: old and new forms of suites, statuses of their own, and what is missing.
import { expect, test } from 'vitest'
import { readCtrf } from './read-ctrf.ts'

const document = (tests: readonly unknown[], summary: unknown = {}): string =>
  JSON.stringify({ reportFormat: 'CTRF', results: { tool: { name: 'jest' }, summary, tests } })

test('suites as a text and as a list give the same titles', () => {
  const { cases } = readCtrf(
    document([
      { name: 'adds', status: 'passed', duration: 3, suite: 'cart > sums' },
      { name: 'adds', status: 'passed', duration: 3, suite: ['cart', 'sums'], filePath: 'a.test.js', line: 4 },
    ]),
  )
  expect(cases).toEqual([
    { path: ['cart', 'sums', 'adds'], result: 'passed', durationMs: 3 },
    { path: ['cart', 'sums', 'adds'], file: 'a.test.js', line: 4, result: 'passed', durationMs: 3 },
  ])
})

test('statuses of every producer are told apart', () => {
  const results = [
    ['failed', 'timedOut'],
    ['other', 'interrupted'],
    ['other', 'todo'],
    ['pending', ''],
  ].map(([status, rawStatus]) => readCtrf(document([{ name: 'a', status, rawStatus, duration: 1 }])).cases[0]?.result)
  expect(results).toEqual(['timed-out', 'cancelled', 'skipped', 'skipped'])
})

test('a flaky test holds what failed first', () => {
  const retryAttempts = [{ attempt: 1, status: 'failed', message: 'AssertionError: 1 is not 2', trace: 'at a.js:1' }]
  const { cases } = readCtrf(document([{ name: 'a', status: 'passed', duration: 1, flaky: true, retryAttempts }]))
  expect(cases).toMatchObject([
    { result: 'passed', retries: 1, failure: { category: 'assertion', message: 'AssertionError: 1 is not 2' } },
  ])
})

test('what cannot be used, or is announced and not there, makes the document incomplete', () => {
  const read = readCtrf(document([{ name: 'a', status: 'great', duration: 1 }, 7], { tests: 3 }), {
    source: 'ctrf.json',
  })
  expect(read).toMatchObject({ cases: [], isComplete: false })
  expect(read.warnings.map(({ message }) => message)).toEqual([
    'results.tests[0] cannot be used: it has no status that is known',
    'results.tests[1] cannot be used: it is no object',
    'the summary announces 3 tests and the document holds 2',
  ])
})

test.each([
  ['{\n"results": {\n"tests": [x]', /ctrf\.json, line 3/],
  ['{\n"results": {', /ctrf\.json, line 2/],
  ['{"results": {}}', /results\.tests/],
  ['[]', /results\.tests/],
])('%j is refused with the place', (text, message) => {
  expect(() => readCtrf(text, { source: 'ctrf.json' })).toThrow(message)
})

test('names out of the prototype pollute nothing', () => {
  readCtrf(
    '{"__proto__":{"polluted":1},"results":{"tests":[{"__proto__":{"polluted":1},"name":"a","status":"passed"}]}}',
  )
  expect('polluted' in {}).toBe(false)
})
