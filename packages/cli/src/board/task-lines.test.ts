import { expect, test } from 'vitest'
import { lookOf } from '../terminal/look.ts'
import { blockedLines, judgedLines, retryLines } from './task-lines.ts'

const look = lookOf({ colour: false, unicode: false })
const at = { position: 1, atMs: 1 }
const failure = {
  category: 'assertion',
  fault: 'test',
  transient: false,
  message: 'expected 1\nto be 2',
  fingerprint: 'f',
  evidence: [],
} as const
const ending = {
  outcome: { result: 'failed', durationMs: 1234, failure, cases: { passed: 1, failed: 1, skipped: 0, flaky: 0 } },
  failedCases: [{ path: ['sums', 'adds'], file: 'a.test.ts', line: 7, result: 'failed', durationMs: 3, failure }],
} as const

test('a failed task names its failed cases, where they are and what they said', () => {
  expect(
    judgedLines({ kind: 'task-judged', task: 'a.test.ts', verdict: { kind: 'failed' }, ...at }, ending, look),
  ).toEqual([
    'x failed      a.test.ts  1.2 s, 2 cases',
    '    sums > adds  a.test.ts:7',
    '      expected 1',
    '      to be 2',
  ])
})

test('a flaky task is never plain green', () => {
  const verdict = { kind: 'flaky', failedAttempts: 1 } as const
  const outcome = { result: 'passed', durationMs: 5 } as const
  expect(judgedLines({ kind: 'task-judged', task: 'b', verdict, ...at }, { outcome, failedCases: [] }, look)).toEqual([
    '~ flaky       b  passed after 1 failed attempt, 5 ms',
  ])
})

test('who blocks is named, once for all whom it blocks', () => {
  const verdict = { kind: 'blocked', by: 'setup' } as const
  expect(judgedLines({ kind: 'task-judged', task: 'c', verdict, ...at }, undefined, look)).toEqual([
    '/ blocked     c  by setup, which did not pass',
  ])
  expect(blockedLines('setup', ['a', 'b', 'c', 'd', 'e'], look)).toEqual([
    '/ blocked     5 tasks by setup, which did not pass: a, b, c and 2 more',
  ])
})

test('a retry says what went wrong, when it goes on and how often it may', () => {
  const event = { kind: 'task-retrying', task: 'b', n: 2, delayMs: 120, attemptsLeft: 1, ...at } as const
  expect(retryLines(event, ending, look)).toEqual([
    '~ retrying    b  attempt 1 failed: expected 1; again in 120 ms, 1 attempt left',
  ])
})
