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
  expect(uncaughtError(printed)).toMatchObject({ message: 'top', errorName: 'TypeError' })
})

test('a module that is missing is told by its code', () => {
  const text = `Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'x'\n    at y\n\nNode.js v24.21.0`
  expect(uncaughtError(text)).toMatchObject({ category: 'build-dependency' })
})

test('what any program prints is not taken for it', () => {
  expect(uncaughtError('Error: something that was logged\n')).toBeUndefined()
  expect(uncaughtError('')).toBeUndefined()
})
