// Rules that cannot be meant. What follows a retention is a deletion, so none may be guessed from them.
import type { RunRecord } from '@muster/core'
import { expect, test } from 'vitest'
import { decideRetention, type RetentionRules } from './decide-retention.ts'

const runs: readonly RunRecord[] = ['a', 'b'].map((run, at) => ({
  run,
  name: 'suite',
  createdAtWallMs: at,
  status: 'finished',
  epoch: 1,
  rows: 1,
}))

test.each([
  ['a number of runs that is none', { keepRuns: Number('all'), nowWallMs: 0 }],
  ['a number of runs below 0', { keepRuns: -1, nowWallMs: 0 }],
  ['days that are no number', { keepDays: Number('30d'), nowWallMs: 0 }],
  ['days below 0', { keepDays: -1, nowWallMs: 0 }],
  ['a time that is none', { keepDays: 30, nowWallMs: Number.NaN }],
] satisfies readonly (readonly [string, RetentionRules])[])('%s deletes nothing and is told', (_, rules) => {
  expect(() => decideRetention(runs, rules)).toThrow(expect.objectContaining({ code: 'OPTIONS_INVALID' }))
})

test('no run need be kept', () => {
  expect(decideRetention(runs, { keepRuns: 0, nowWallMs: 0 })).toEqual(['a', 'b'])
})
