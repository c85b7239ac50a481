import { failureFromExit, failureTimeout, makeFailure } from '@muster/core/failure'
import { expect, test } from 'vitest'
import { categoryText } from './category-text.ts'
import { whatToDo } from './what-to-do.ts'

test('what could pass in another attempt is told how to get one more than it had', () => {
  const failure = { ...makeFailure({ category: 'network', message: 'reset', evidence: [] }), transient: true }
  const ending = { kind: 'open' } as const
  const attempts = [1, 2].map((n) => ({ n, worker: 'w', launchedAtMs: n, ending }))
  expect(whatToDo(failure)).toContain('--retry 2 makes one')
  expect(whatToDo(failure, { verdict: undefined, attempts: [] })).toContain('--retry 2 makes one')
  expect(whatToDo(failure, { verdict: { kind: 'failed' }, attempts })).toContain('--retry 3 makes one')
})

test('what the rule suggests goes first, but where it knows no more than that something was thrown', () => {
  const refused = makeFailure({
    category: 'network',
    code: 'refused',
    rule: 'network/refused',
    suggestion: 'Start it.',
    message: 'no',
    evidence: [],
  })
  expect(whatToDo(refused)).toMatch(/^Start it\./)
  const thrown = {
    ...makeFailure({ category: 'exception', suggestion: 'Look.', message: 'no', evidence: [] }),
    rule: 'exception/plain',
  }
  expect(whatToDo(thrown)).toContain('no line of your own is named')
  expect(whatToDo({ ...thrown, stack: 'Error: no\n    at /shop/src/a.ts:3:1' })).toContain(
    'first line of the stack that is your own',
  )
})

test('a category is told in words, with the kind within it', () => {
  expect(categoryText({ category: 'network', code: 'refused' })).toBe('Network: refused')
  expect(categoryText({ category: 'timeout', code: 'test' })).toBe('Out of time')
})

test('another attempt is advised where the failure says that it may pass, and not where it ended the same way each time', () => {
  const loop = failureTimeout(1000)
  const died = failureFromExit({ signal: 'SIGKILL' })
  const exited = failureFromExit({ code: 0, isEarly: true })
  for (const failure of [loop, died]) {
    expect(failure.transient).toBe(true)
    expect(whatToDo(failure)).toContain('Another attempt tells whether it comes and goes; --retry 2 makes one.')
  }
  expect([exited.transient, whatToDo(exited).includes('--retry')]).toEqual([false, false])
  const refused = makeFailure({ category: 'network', message: 'refused', evidence: [] })
  const ending = { kind: 'ended', outcome: { result: 'failed', durationMs: 1, failure: refused } } as const
  const attempts = [1, 2].map((n) => ({ n, worker: 'w', launchedAtMs: n, ending }))
  expect(whatToDo(refused, { verdict: { kind: 'failed' }, attempts: attempts.slice(1) })).toContain('--retry 2')
  expect(whatToDo(refused, { verdict: { kind: 'failed' }, attempts })).not.toContain('--retry')
})

test('what took worker after worker is told so', () => {
  const verdict = { kind: 'poisoned', workersLost: 3 } as const
  const failure = makeFailure({ category: 'process-crash', message: 'died', evidence: [] })
  expect(whatToDo(failure, { verdict, attempts: [] })).toMatch(/^Worker after worker died while it ran:/)
})
