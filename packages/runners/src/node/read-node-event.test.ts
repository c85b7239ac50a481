// Code of strangers shares the process that writes these lines, so any of them may hold anything.
import { failureFromError } from '@muster/core/failure'
import { expect, test } from 'vitest'
import { readNodeEvent } from './read-node-event.ts'

const whole = { kind: 'completed', name: 'adds', nesting: 1, isSuite: false, passed: false, durationMs: 2 }

test('a whole event is read as it was sent', () => {
  const error = { name: 'Error', message: 'no', stack: 's', code: 'C', expected: '1', actual: '2' }
  const sent = { ...whole, file: '/a', line: 3, column: 1, id: 4, parent: 2, skip: 'later', failureType: 'x', error }
  expect(readNodeEvent(JSON.stringify(sent))).toEqual(sent)
})

test.each(['', '{', 'null', '[]', '"closed"', '{"kind":"closed"}', '{"kind":"started","name":"a"}', '{"kind":"odd"}'])(
  '%j is no event',
  (line) => {
    expect(readNodeEvent(line)).toBeUndefined()
  },
)

test.each([-1, 0.5, 1e300, '1', null])('a nesting of %j is no event', (nesting) => {
  expect(readNodeEvent(JSON.stringify({ ...whole, nesting }))).toBeUndefined()
})

test('what does not fit beside name and result is left out, and the case is kept', () => {
  const scribbled = {
    line: -3,
    column: {},
    id: 'x',
    skip: 7,
    todo: [],
    failureType: 1,
    durationMs: -9,
    error: { message: {} },
  }
  const event = readNodeEvent(JSON.stringify({ ...whole, ...scribbled }))
  expect(event).toEqual({ ...whole, durationMs: 0, error: { name: 'Error', message: '' } })
})

test('a chain of causes without an end is cut', () => {
  const depth = 5000
  const error = `${'{"message":"a","cause":'.repeat(depth)}null${'}'.repeat(depth)}`
  expect(readNodeEvent(`${JSON.stringify(whole).slice(0, -1)},"error":${error}}`)).toMatchObject({ name: 'adds' })
})

test.each(['Error', 'TypeError', 'RangeError'])('a plain %s compares nothing', (name) => {
  const sent = { ...whole, error: { name, message: 'cannot find the user 7' } }
  const event = readNodeEvent(JSON.stringify(sent))
  const error = event?.kind === 'completed' ? event.error : undefined
  expect(failureFromError(error)).toMatchObject({ category: 'exception', message: 'cannot find the user 7' })
})
