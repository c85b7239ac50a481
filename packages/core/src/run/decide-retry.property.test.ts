// Whether a task is tried again, over all that may have happened to it.
import { expect, test } from 'vitest'
import * as laws from '../retry/laws/decision-laws.ts'
import { retryOptions } from '../retry/retry-schemas.ts'
import { ruleFor } from '../retry/rule-for.ts'
import { decideRetry, type RetryQuestion } from './decide-retry.ts'

test('permission, configuration, build and cancels are never tried again', () => {
  laws.neverMeansNever(decideRetry)
})

test('what says something of the code is tried again to detect flakiness only, and marked so', () => {
  laws.flakinessIsMarked(decideRetry)
})

test('what will not pass by itself is not tried again', () => {
  laws.lastingFailuresStop(decideRetry)
})

test('retries after failures are paid for from the budget of the run, which is never exceeded', () => {
  laws.budgetHolds(decideRetry)
  laws.budgetHoldsOverRuns(decideRetry)
})

test('no attempt begins after the time for all attempts of its task is over', () => {
  laws.totalTimeHolds(decideRetry)
})

test('more attempts allowed never mean fewer made', () => {
  laws.attemptsAreMonotone(decideRetry)
})

test('only failed attempts use up retries, exactly as many as there are, and what the infrastructure did is free', () => {
  laws.chargesAreExact(decideRetry)
  laws.infrastructureHasAnEnd(decideRetry)
})

test('what must not run twice is tried again only where nothing of it had started', () => {
  laws.onceMeansOnce(decideRetry)
})

test('whoever is cancelled is not tried again', () => {
  laws.cancelEnds(decideRetry)
})

test('only workers that died poison a task, and losses without its fault end it at their own limit', () => {
  laws.lossesHaveTheirOwnLimits(decideRetry)
})

test('a worker that refuses is not asked in a circle', () => {
  laws.refusalsWait(decideRetry)
})

test('the same question has the same answer', () => {
  laws.sameQuestionSameAnswer(decideRetry)
})

const question: RetryQuestion = {
  rule: ruleFor(retryOptions.parse({ maxAttempts: 2, jitter: 0 }), { kind: 'unit' }, 'network'),
  ending: 'failed',
  failed: { category: 'network', transient: true, retryAfterMs: 60_000 },
  charged: 1,
  uncharged: 0,
  workersLost: 0,
  losses: 0,
  poisonAfter: 3,
  maxLosses: 100,
  cancelled: false,
  isIdempotent: true,
  elapsedMs: 0,
  budgetLeft: 1,
  rollOf: () => 0.5,
}

test('a retry says why, when, where and that it is paid for', () => {
  expect(decideRetry(question)).toEqual({
    kind: 'retry',
    delayMs: 61_000,
    because: 'may-pass',
    isPaid: true,
    worker: 'any',
    reservation: 'same',
  })
})

test('a stop says why', () => {
  expect(decideRetry({ ...question, budgetLeft: 0 })).toEqual({ kind: 'stop', because: 'budget-spent' })
  expect(decideRetry({ ...question, flakinessLeft: 0 })).toMatchObject({ kind: 'retry', because: 'may-pass' })
  expect(decideRetry({ ...question, charged: 2 })).toEqual({ kind: 'stop', because: 'exhausted' })
  expect(decideRetry({ ...question, isIdempotent: false })).toEqual({ kind: 'stop', because: 'not-idempotent' })
  const hurried = { ...question, rule: { ...question.rule, maxTotalMs: 60_999 } }
  expect(decideRetry(hurried)).toEqual({ kind: 'stop', because: 'out-of-time' })
})
