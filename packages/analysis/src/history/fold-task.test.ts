import type { Outcome, TaskReport, Verdict } from '@muster/core'
import { expect, test } from 'vitest'
import { foldTask } from './fold-task.ts'
import { mergeSummaries } from './merge-summaries.ts'
import { readTaskSummary } from './decide-fold.ts'
import { messageKept } from './task-summary.ts'

const run = { run: 'r1', atWallMs: 1000 }

function report(verdict: Verdict | undefined, outcomes: readonly Outcome[]): TaskReport {
  const attempts = outcomes.map((outcome, i) => ({
    n: i + 1,
    worker: 'w',
    launchedAtMs: 0,
    ending: { kind: 'ended', outcome } as const,
  }))
  return { id: 'a', kind: 'unit', verdict, attempts }
}

function failure(message: string): NonNullable<Outcome['failure']> {
  return {
    category: 'exception',
    fault: 'product',
    transient: false,
    message,
    fingerprint: `f:${message}`,
    evidence: [],
  }
}

test('a task that an interrupted run left open changes nothing', () => {
  const before = foldTask(undefined, report({ kind: 'passed' }, [{ result: 'passed', durationMs: 5 }]), run)
  expect(
    foldTask(before, report(undefined, [{ result: 'passed', durationMs: 7 }]), { run: 'r2', atWallMs: 2000 }),
  ).toBe(before)
  expect(foldTask(undefined, report(undefined, []), run)).toBeUndefined()
})

test('an attempt that timed out is no duration sample, though its time is known', () => {
  const summary = foldTask(undefined, report({ kind: 'timed-out' }, [{ result: 'timed-out', durationMs: 30_000 }]), run)
  expect(summary?.durations).toEqual([])
})

test('a flaky task brings the passing attempt as a sample and the failing one as its last failure', () => {
  const outcomes: Outcome[] = [
    { result: 'failed', durationMs: 3, failure: failure('boom') },
    { result: 'passed', durationMs: 40 },
  ]
  const summary = foldTask(undefined, report({ kind: 'flaky', failedAttempts: 1 }, outcomes), run)
  expect(summary?.durations).toEqual([[1000, 40]])
  expect(summary?.lastFailure).toEqual({ ...run, category: 'exception', fingerprint: 'f:boom', message: 'boom' })
})

test('a later failure takes the place of an earlier one, and a pass leaves it', () => {
  const first = foldTask(undefined, report({ kind: 'failed', failure: failure('old') }, []), run)
  const second = foldTask(first, report({ kind: 'failed', failure: failure('new') }, []), { run: 'r2', atWallMs: 2000 })
  const third = foldTask(second, report({ kind: 'passed' }, []), { run: 'r3', atWallMs: 3000 })
  expect(third?.lastFailure?.message).toBe('new')
  expect(third?.lastSeen).toEqual({ run: 'r3', atWallMs: 3000 })
})

test('what was not measured is no sample', () => {
  const outcomes = [NaN, Infinity, -1].map((durationMs): Outcome => ({ result: 'passed', durationMs }))
  expect(foldTask(undefined, report({ kind: 'passed' }, outcomes), run)?.durations).toEqual([])
})

test('a long message is cut, and never in the middle of a character', () => {
  const long = `${'x'.repeat(messageKept - 1)}😀${'y'.repeat(500)}`
  const summary = foldTask(undefined, report({ kind: 'failed', failure: failure(long) }, []), run)
  expect(summary?.lastFailure?.message).toBe('x'.repeat(messageKept - 1))
})

test('summaries of different tasks do not merge', () => {
  const a = foldTask(undefined, report({ kind: 'passed' }, []), run)
  const b = foldTask(undefined, { ...report({ kind: 'passed' }, []), id: 'b' }, run)
  expect(() => (a === undefined || b === undefined ? undefined : mergeSummaries(a, b))).toThrow('got one of unit b')
})

// Kept for ever: what version 1 wrote must read in every later version.
test('a record of version 1 reads', () => {
  const text =
    '{"version":1,"kind":"unit","id":"a","verdicts":{"passed":2,"flaky":1},"durations":[[1000,12.5]],' +
    '"lastFailure":{"run":"r1","atWallMs":900,"category":"timeout","fingerprint":"f","message":"m"},"lastSeen":{"run":"r2","atWallMs":1000}}'
  expect(readTaskSummary(text)).toMatchObject({ kind: 'read', value: { id: 'a', verdicts: { passed: 2, flaky: 1 } } })
})

test('a record of a later version is told as such, whatever else is in it', () => {
  expect(readTaskSummary('{"version":7,"shape":"unknown"}')).toEqual({ kind: 'newer', version: 7 })
})
