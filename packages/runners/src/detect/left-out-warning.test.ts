import { expect, test } from 'vitest'
import { leftOutWarning } from './left-out-warning.ts'

test('nothing left out is nothing to tell', () => expect(leftOutWarning('node', [])).toBeUndefined())

test('files are named, and why, and what to do', () => {
  expect(leftOutWarning('node', ['a.test.js'])).toBe(
    'node: a file called like a test is left out, since it does not import node:test: a.test.js. ' +
      'To run them, name them in `files` of the node runner in muster.config.ts.',
  )
  const many = Array.from({ length: 8 }, (_, at) => `f${at}.test.js`)
  expect(leftOutWarning('node', many)).toContain('8 files called like tests are left out')
  expect(leftOutWarning('node', many)).toContain(
    'f0.test.js, f1.test.js, f2.test.js, f3.test.js, f4.test.js and 3 more.',
  )
})

test('files that Vitest does not include are told so', () => {
  expect(leftOutWarning('vitest', ['a.test.js'])).toBe(
    'vitest: a file called like a test is left out, since Vitest does not include it and it does not import node:test: ' +
      'a.test.js. To run them, add them to `include` of the Vitest configuration.',
  )
})

test('files that Vitest is told to leave out are told so', () => {
  expect(leftOutWarning('vitest-exclude', ['a.test.js', 'b.test.js'])).toBe(
    'node: 2 files called like tests are left out, since Vitest is told to by its `exclude`: a.test.js, b.test.js. ' +
      'To run them, name them in `files` of the node runner in muster.config.ts.',
  )
})
