// The frame at which a person looks first.
import { expect, test } from 'vitest'
import { isForeign, ownFrame } from './own-frame.ts'

test('frames of the platform and of dependencies are passed over', () => {
  const stack = [
    'Error: socket hang up',
    '    at new Promise (<anonymous>)',
    '    at Socket.onEnd (node:_http_client:527:23)',
    '    at run (file:///project/node_modules/runner/run.js:10:3)',
    '    at send (/project/src/send.ts:19:7)',
  ].join('\n')
  expect(ownFrame(stack)).toEqual({ file: '/project/src/send.ts', line: 19 })
})

test('a function without a name is one of your own where its file is', () => {
  const frame = '    at TestContext.<anonymous> (file:///project/test/a.test.js:4:51)'
  expect(isForeign(frame)).toBe(false)
  expect(ownFrame(frame)).toEqual({ file: '/project/test/a.test.js', line: 4 })
})

test('a text without frames has none', () => {
  expect(ownFrame('expected 1 to be 2\nsee https://example.test:80')).toBeUndefined()
})
