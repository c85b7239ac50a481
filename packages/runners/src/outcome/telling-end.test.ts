import { expect, test } from 'vitest'
import { tellingEnd } from './telling-end.ts'

const lastLine = (text: string): string | undefined => tellingEnd(text).split('\n').at(-1)

test('an engine out of memory prints its stack after saying so', () => {
  const printed = `<--- Last few GCs --->

[20698:0xcf09000]  102 ms: Mark-Compact 49.1 (82.2) -> 49.1 (114.2) MB

FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory
----- Native stack trace -----

 1: 0x931db0  [node]
 2: 0x75968e node::OOMErrorHandler(char const*, v8::OOMDetails const&) [node]
`
  expect(lastLine(printed)).toBe('FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory')
})

test('the error above its stack is the last word', () => {
  expect(lastLine(`started\nTypeError: no\n    at a.js:1:1\n}\n`)).toBe('TypeError: no')
})

test('a last line that speaks for itself is left alone', () => {
  expect(tellingEnd('Error: once\nno such table: users\n')).toBe('Error: once\nno such table: users\n')
  expect(tellingEnd('    at a.js:1:1\n')).toBe('    at a.js:1:1\n')
})
