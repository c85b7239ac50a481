import { makeFailure } from '@muster/core/failure'
import { expect, test } from 'vitest'
import { whatToDo } from './what-to-do.ts'

test('what could pass in another attempt is told how to get one more than it had', () => {
  const failure = { ...makeFailure({ category: 'network', message: 'reset', evidence: [] }), transient: true }
  const ending = { kind: 'open' } as const
  const attempts = [1, 2].map((n) => ({ n, worker: 'w', launchedAtMs: n, ending }))
  expect(whatToDo(failure)).toContain('--retry 2 makes one')
  expect(whatToDo(failure, { verdict: undefined, attempts: [] })).toContain('--retry 2 makes one')
  expect(whatToDo(failure, { verdict: { kind: 'failed' }, attempts })).toContain('--retry 3 makes one')
})
