// The content decides what a document is.
import { expect, test } from 'vitest'
import { readReportJson } from '../json/read-report-json.ts'
import { readResults } from './read-results.ts'

test.each([
  ['\ufeff<?xml version="1.0"?><testsuites/>', 'junit'],
  ['> npm test\n\n<testsuite name="a"></testsuite>', 'junit'],
  ['npm warn old\nTAP version 13\n1..0\n', 'tap'],
  ['ok 1 - a\n1..1', 'tap'],
  ['{"results":{"tests":[]}}', 'ctrf'],
  ['{"version":1,"tasks":[]}', 'json'],
])('%j is %s', (text, format) => {
  expect(readResults(text).format).toBe(format)
})

test.each([
  ['', /it is empty/],
  ['  \n', /it is empty/],
  ['hello', /text that starts with "hello"/],
  ['\u0000\u0001\u0002', /binary data/],
  ['{"a":1}', /JSON that is neither/],
  ['[1,\n2', /line 2/],
])('%j is refused by name', (text, message) => {
  expect(() => readResults(text, { source: 'results/a b.json' })).toThrow(message)
  expect(() => readResults(text, { source: 'results/a b.json' })).toThrow(/results\/a b\.json/)
})

test('a report that a newer Muster wrote is refused as such', () => {
  expect(() => readReportJson('{"version":2,"tasks":[]}')).toThrow(/version 2, which a newer Muster wrote/)
})
