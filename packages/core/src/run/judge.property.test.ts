// What a task came to, over all histories there can be.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Failure } from '../model/failure.ts'
import type { AttemptEnding, TaskEnding } from './judge.ts'
import { judge } from './judge.ts'

const failure: Failure = {
  category: 'assertion',
  fault: 'test',
  transient: false,
  message: 'expected 1, got 2',
  fingerprint: 'f',
  evidence: [],
}
const broken: Failure = { ...failure, category: 'hardware-device', fault: 'infrastructure', transient: true }
const anyResult = fc.constantFrom('passed', 'failed', 'timed-out', 'cancelled', 'skipped')
const anyEnd: fc.Arbitrary<AttemptEnding> = fc.record({
  kind: fc.constant('ended'),
  outcome: fc.record({ result: anyResult, durationMs: fc.nat(), failure: fc.constantFrom(undefined, failure, broken) }),
})
const anyLoss: fc.Arbitrary<AttemptEnding> = fc.record({
  kind: fc.constant('lost'),
  cause: fc.constantFrom('worker', 'coordinator', 'refused', 'pre-empted'),
})
const anyAttempts = fc.array(fc.oneof(anyEnd, anyLoss), { maxLength: 6 })
const notPassed = anyAttempts.map((attempts) =>
  attempts.filter((attempt) => attempt.kind === 'lost' || !['passed', 'skipped'].includes(attempt.outcome.result)),
)
const passed: AttemptEnding = { kind: 'ended', outcome: { result: 'passed', durationMs: 1 } }
const settled: TaskEnding = { kind: 'settled' }

test('a pass is plain only where nothing failed before it', () => {
  fc.assert(
    fc.property(notPassed, (before) => {
      const failed = before.filter(
        (attempt) =>
          attempt.kind === 'ended' &&
          ['failed', 'timed-out'].includes(attempt.outcome.result) &&
          attempt.outcome.failure !== broken,
      ).length
      const verdict = judge({ attempts: [...before, passed], ending: settled })
      expect(verdict).toEqual(failed === 0 ? { kind: 'passed' } : { kind: 'flaky', failedAttempts: failed })
    }),
  )
})

test('a bad device makes no test flaky, however often it failed before the pass', () => {
  for (const category of ['infrastructure', 'hardware-device'] as const) {
    const outcome = { result: 'failed', durationMs: 1, failure: { ...broken, category } } as const
    const attempts: readonly AttemptEnding[] = [{ kind: 'ended', outcome }, { kind: 'ended', outcome }, passed]
    expect(judge({ attempts, ending: settled })).toEqual({ kind: 'passed' })
  }
})

test('attempts that were lost or refused change nothing about a pass', () => {
  fc.assert(
    fc.property(notPassed, fc.array(anyLoss), (before, losses) => {
      const without = judge({ attempts: [...before, passed], ending: settled })
      expect(judge({ attempts: [...losses, ...before, passed], ending: settled })).toEqual(without)
    }),
  )
})

test('cases that passed only at the second try are never plain green', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), (flaky) => {
      const cases = { passed: 1, failed: 0, skipped: 0, flaky }
      const attempts: readonly AttemptEnding[] = [
        { kind: 'ended', outcome: { result: 'passed', durationMs: 1, cases } },
      ]
      expect(judge({ attempts, ending: settled }).kind).toBe('flaky')
    }),
  )
})

test('whoever is given up is never green, and an attempt that failed by itself keeps its outcome', () => {
  fc.assert(
    fc.property(
      notPassed,
      fc.constantFrom('exhausted', 'not-retryable', 'cancelled', 'lost-too-often'),
      fc.option(fc.string(), { nil: undefined }),
      (attempts, because, cancelledBy) => {
        const verdict = judge({ attempts, ending: { kind: 'gave-up', because }, cancelledBy })
        const last = attempts.at(-1)
        expect(['failed', 'timed-out', 'cancelled']).toContain(verdict.kind)
        if (last?.kind === 'ended' && last.outcome.result === 'failed') {
          expect(verdict).toEqual({ kind: 'failed', failure: last.outcome.failure })
        }
        if (last?.kind === 'ended' && last.outcome.result === 'timed-out') {
          expect(verdict).toEqual({ kind: 'timed-out', failure: last.outcome.failure })
        }
        if (because === 'cancelled' && (last === undefined || last.kind === 'lost')) {
          expect(verdict).toEqual({ kind: 'cancelled', by: cancelledBy ?? 'its executor' })
        }
      },
    ),
  )
})

test('a poisoned task names how many workers died under it', () => {
  fc.assert(
    fc.property(anyAttempts, (attempts) => {
      const died = attempts.filter((attempt) => attempt.kind === 'lost' && attempt.cause === 'worker').length
      const verdict = judge({ attempts, ending: { kind: 'gave-up', because: 'poisoned' } })
      expect(verdict).toEqual({ kind: 'poisoned', workersLost: died })
    }),
  )
})

test('what was decided without an attempt stands, whatever attempts there were', () => {
  const endings: readonly TaskEnding[] = [
    { kind: 'blocked', by: 'a' },
    { kind: 'skipped', because: 'no' },
    { kind: 'cancelled', by: 'me' },
    { kind: 'unplaceable', missing: ['gpu'] },
  ]
  fc.assert(
    fc.property(anyAttempts, fc.constantFrom(...endings), (attempts, ending) => {
      expect(judge({ attempts, ending })).toEqual(ending)
    }),
  )
})
