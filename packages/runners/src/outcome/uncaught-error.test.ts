import { expect, test } from 'vitest'
import { uncaughtError } from './uncaught-error.ts'

const printed = `a line that a test printed: Error: not this one
file:///project/a.test.js:3
throw new TypeError('top')
      ^

TypeError [ERR_X]: top
    at file:///project/a.test.js:3:7 {
  code: 'ERR_X'
}

Node.js v24.21.0
`

test('the error that ended Node is found above its version', () => {
  expect(uncaughtError(printed)).toMatchObject({
    message: "top (a.test.js:3)\nthrow new TypeError('top')\n      ^",
    errorName: 'TypeError',
  })
})

test('a module that is missing is told by its code', () => {
  const text = `Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'x'\n    at y\n\nNode.js v24.21.0`
  expect(uncaughtError(text)).toMatchObject({ category: 'build-dependency' })
})

test('what any program prints is not taken for it', () => {
  expect(uncaughtError('Error: something that was logged\n')).toBeUndefined()
  expect(uncaughtError('')).toBeUndefined()
})

test('an error that Node threw for the project is placed by its own frame, with its cause', () => {
  const text = `node:internal/test_runner/harness:124
      throw err;
      ^

TypeError: top
    at load (node:internal/x:1:1)
    at file:///project/with%20blank.test.js:3:7 {
  [cause]: Error: deeper
      at file:///project/a.test.js:3:36
}

Node.js v24.21.0`
  expect(uncaughtError(text)?.message).toBe('top (with blank.test.js:3)\ncaused by: Error: deeper')
})

test('the text of a place does not make another failure of it', () => {
  const at = (line: number): string | undefined => uncaughtError(printed.replace('js:3\n', `js:${line}\n`))?.fingerprint
  expect(at(3)).toBe(at(4))
})
