// What becomes of the word of an executor once its host adds what it knows: above all the time limit.
import { expect, test } from 'vitest'
import { observedFailure } from '../failure/observed-failure.ts'
import type { Outcome } from '../model/outcome.ts'
import { afterStop, concludeAttempt } from './conclude-attempt.ts'

test('the headline of a time-out says what ran and which limit that was', () => {
  const message = 'a.test.js: out of time while it ran "loops"'
  const failure = observedFailure('time-limit', { message, evidence: [] })
  const outcome = afterStop({ result: 'timed-out', durationMs: 8000, failure }, { kind: 'timed-out', limitMs: 8000 })
  expect(outcome.failure).toMatchObject({
    message: 'a.test.js: out of time while it ran "loops", after the time limit of 8 s',
    suggestion: expect.stringContaining('raise its limit') as string,
  })
})

test('the words of an executor that failed while it was stopped are no headline', () => {
  const failure = observedFailure('no-reason', { message: 'no', evidence: [] })
  const outcome = afterStop({ result: 'failed', durationMs: 1, failure }, { kind: 'timed-out', limitMs: 50 })
  expect(outcome.failure?.message).toBe('Still running after its time limit of 50 ms')
})

test('an executor that says timed-out and nothing more is told with the time it took', () => {
  const said = (durationMs: number): Outcome =>
    concludeAttempt(
      { outcome: { result: 'timed-out', durationMs: 0 } },
      { durationMs, stopped: undefined, gathered: undefined },
    ).outcome
  expect(said(1234.5).failure?.message).toBe(
    'The executor says that it ran out of time, after 1235 ms; it does not say which limit that was',
  )
  expect(said(1).failure?.fingerprint).toBe(said(2000).failure?.fingerprint)
})
