// Differences as runners print them.
import { expect, test } from 'vitest'
import { failureText } from './text-diff.ts'

test('Vitest prints the difference before the stack', () => {
  const stack =
    '- Expected\n+ Received\n\n  {\n-   "total": 13,\n+   "total": 12,\n  }\n\nAssertionError: expected { total: 12 } to deeply equal { total: 13 }\n    at /p/src/cart.test.ts:4:20'
  expect(failureText({ message: 'expected { total: 12 } to deeply equal { total: 13 }', stack })).toEqual({
    message: 'expected { total: 12 } to deeply equal { total: 13 }',
    diff: [
      { kind: 'same', text: '{' },
      { kind: 'expected', text: '  "total": 13,' },
      { kind: 'actual', text: '  "total": 12,' },
      { kind: 'same', text: '}' },
    ],
    stack: 'at /p/src/cart.test.ts:4:20',
  })
})

test('Node prints it in the message', () => {
  const message =
    'Expected values to be strictly deep-equal:\n+ actual - expected\n\n  {\n    b: [\n+     2\n-     3\n    ]\n  }\n'
  const { diff, message: said } = failureText({ message })
  expect(said).toBe('Expected values to be strictly deep-equal:')
  expect(diff.filter(({ kind }) => kind !== 'same')).toEqual([
    { kind: 'actual', text: '    2' },
    { kind: 'expected', text: '    3' },
  ])
})

test('two values in a sentence are a difference too', () => {
  expect(failureText({ message: 'Expected values to be strictly equal:\n\n1 !== 2\n' }).diff).toEqual([
    { kind: 'expected', text: '2' },
    { kind: 'actual', text: '1' },
  ])
  expect(failureText({ message: 'expected:<a> but was:<b>' }).diff.map(({ text }) => text)).toEqual(['a', 'b'])
})

test('what is not recognised stays as it is', () => {
  const stack = 'TypeError: x is undefined\n    at run (/p/a.ts:1:2)'
  expect(failureText({ message: 'x is undefined', stack })).toEqual({
    message: 'x is undefined',
    diff: [],
    stack: 'at run (/p/a.ts:1:2)',
  })
  expect(failureText({ message: '' })).toEqual({ message: '', diff: [], stack: '' })
})
