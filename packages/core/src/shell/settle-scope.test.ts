// An attempt at some cases of its task is green only if each of them passed in it, and what an executor says of failed cases is
// believed only where it agrees with what was reported.
import { expect, test } from 'vitest'
import { makeFailure } from '../failure/make-failure.ts'
import type { CaseName, CaseResult, Outcome, Result } from '../model/outcome.ts'
import { concludeAttempt } from './conclude-attempt.ts'

const failure = makeFailure({ category: 'assertion', message: 'no', evidence: [] })
const one = (title: string, result: Result): CaseResult => ({ path: [title], result, durationMs: 1 })
const names = (...titles: readonly string[]): readonly CaseName[] => titles.map((title) => ({ path: [title] }))

function conclude(
  outcome: Partial<Outcome>,
  cases: readonly CaseResult[],
  scope?: readonly CaseName[],
  stopped?: Parameters<typeof concludeAttempt>[1]['stopped'],
): { readonly outcome: Outcome; readonly cases: readonly string[] } {
  const told = { outcome: { result: 'passed', durationMs: 0, ...outcome } as const, details: { cases } }
  const result = concludeAttempt(told, { durationMs: 1, stopped, gathered: undefined, scope })
  return { outcome: result.outcome, cases: (result.details?.cases ?? []).map(({ path }) => path.join()) }
}

test('what was left aside is not skipped', () => {
  const { outcome, cases } = conclude({}, [one('a', 'passed'), one('b', 'skipped')], names('a'))
  expect([outcome.result, outcome.cases, cases]).toEqual([
    'passed',
    { passed: 1, failed: 0, skipped: 0, flaky: 0 },
    ['a'],
  ])
})

test.each<[string, readonly CaseResult[]]>([
  ['is not there', [one('a', 'passed')]],
  ['is skipped', [one('a', 'passed'), one('b', 'skipped')]],
  ['did not get its turn', [one('a', 'passed'), one('b', 'cancelled')]],
  ['has another name now', [one('a', 'passed'), one('b2', 'passed')]],
])('a case that was to run again and %s makes its attempt fail by name', (_what, cases) => {
  const { outcome } = conclude({}, cases, names('a', 'b'))
  expect(outcome.result).toBe('failed')
})

test('an attempt that nothing was reported of has not run its cases', () => {
  const { outcome } = conclude({}, [], names('a', 'b', 'c', 'd'))
  expect(outcome).toMatchObject({
    result: 'failed',
    failure: {
      rule: 'signals/case-not-run-again',
      message: '4 of 4 cases that were to run again did not: "a", "b", "c" and 1 more',
    },
  })
})

const red = [one('a', 'passed'), one('b', 'failed'), one('c', 'timed-out')]

test('the failed cases are believed where they are all that failed', () => {
  expect(conclude({ result: 'failed', failure, failedCases: names('b', 'c') }, red).outcome.failedCases).toHaveLength(2)
})

test.each<[string, Partial<Outcome>, readonly CaseResult[], readonly CaseName[] | undefined]>([
  ['one is left out', { failedCases: names('b') }, red, undefined],
  ['one is not there', { failedCases: names('b', 'c', 'd') }, red, undefined],
  ['one passed', { failedCases: names('a', 'b', 'c') }, red, undefined],
  ['one is named twice', { failedCases: names('b', 'c', 'c') }, red, undefined],
  ['two have one name', { failedCases: names('b', 'c') }, [...red, one('c', 'timed-out')], undefined],
  ['one did not get its turn', { failedCases: names('b', 'c') }, [...red, one('d', 'cancelled')], undefined],
  ['the attempt ran out of time', { result: 'timed-out', failedCases: names('b', 'c') }, red, undefined],
  ['not all that was asked for ran', { failedCases: names('b', 'c') }, red, names('b', 'c', 'd')],
  [
    'the names are too long',
    { failedCases: names('x'.repeat(20_000)) },
    [one('x'.repeat(20_000), 'failed')],
    undefined,
  ],
])('nothing is known of the failed cases where %s', (_what, more, cases, scope) => {
  expect(conclude({ result: 'failed', failure, ...more }, cases, scope).outcome.failedCases).toBeUndefined()
})

test('an attempt that was stopped tells nothing of what is left', () => {
  const stopped = { kind: 'timed-out', limitMs: 5 } as const
  const told = { result: 'failed', failure, failedCases: names('b', 'c') } as const
  expect(conclude(told, red, undefined, stopped).outcome.failedCases).toBeUndefined()
})
