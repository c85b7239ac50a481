import { makeFailure } from '@muster/core/failure'
import type { CaseResult } from '@muster/core'
import { expect, test } from 'vitest'
import { judgeCases } from './judge-cases.ts'

const red = (message: string): CaseResult => ({
  path: ['adds'],
  result: 'failed',
  durationMs: 1,
  failure: makeFailure({ category: 'assertion', message, evidence: [] }),
})

const said = (message: string): string | undefined =>
  judgeCases([red(message), red('later')], 'a.test.js').failure?.message

test('how many more failed stands behind the first line', () => {
  expect(said('boom\nat a.js:1')).toBe('adds: boom (and 1 more failed)\nat a.js:1')
})

test('and behind what a first line only announces', () => {
  expect(said('Expected values to be strictly equal:\n\n1 !== 0\n')).toBe(
    'adds: Expected values to be strictly equal:\n\n1 !== 0 (and 1 more failed)',
  )
})

test('the longest wait that any failed case was asked for holds, whichever failed first', () => {
  const asked = (retryAfterMs: number): CaseResult => ({
    ...red('Too Many Requests'),
    failure: makeFailure({ category: 'network', message: 'Too Many Requests', evidence: [], retryAfterMs }),
  })
  const { failure } = judgeCases([red('boom'), asked(2000), asked(9000), asked(5000)], 'a.test.js')
  expect(failure).toMatchObject({ category: 'assertion', retryAfterMs: 9000 })
})
