// A test may throw anything at all, and Vitest hands it out as it came over from the worker.
import { expect, test } from 'vitest'
import { asVitestError, failureOfErrors } from './failure-of-error.ts'
import type { VitestError } from './vitest-api.ts'

/** As if it had come out of a worker: the types of Vitest promise more than tests keep. */
const thrown = (text: string): VitestError => JSON.parse(text) as VitestError

test.each([
  '{"message":5}',
  '{"message":"no","diff":7,"stack":{},"name":[]}',
  '{"toString":1,"valueOf":2}',
  'null',
  '"text"',
  '[]',
])('a test that throws %s has failed with a message', (text) => {
  expect(failureOfErrors([thrown(text)])?.message).toEqual(expect.any(String))
})

test('an error keeps what it says', () => {
  const error = asVitestError({ name: 'AssertionError', message: '1 is not 2', stack: 'at x', diff: '- 2' })
  expect(error).toEqual({ name: 'AssertionError', message: '1 is not 2', stack: 'at x', diff: '- 2' })
})

test('errors that follow the first are counted in its evidence', () => {
  const [first, second, third] = [{ message: 'a' }, { message: 'b' }, { message: 'c' }] as const
  expect(failureOfErrors([first, second])?.evidence).toContain('1 more error')
  expect(failureOfErrors([first, second, third])?.evidence).toContain('2 more errors')
})

test('a call of process.exit has a code of its own, which says what to do, and is not tried again', () => {
  expect(failureOfErrors([{ message: 'process.exit unexpectedly called with "3"' }])).toMatchObject({
    category: 'process-crash',
    code: 'early-exit',
    fault: 'test',
    transient: false,
    suggestion: expect.stringContaining('called process.exit') as string,
  })
})
