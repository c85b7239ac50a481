import { makeFailure } from '@muster/core/failure'
import { expect, test } from 'vitest'
import { lookOf } from '../terminal/look.ts'
import { failedCaseLines } from './case-lines.ts'
import { whole } from './log-detail.ts'
import { readableLines } from './output-lines.ts'
import { blockedLines, gaveUpLine, judgedLines, lostLine, retryLines } from './task-lines.ts'

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
  output: 'printed by the way',
} as const

test('a failed task names its failed cases, where they are and what they said', () => {
  expect(
    judgedLines({ kind: 'task-judged', task: 'a.test.ts', verdict: { kind: 'failed' }, ...at }, ending, look),
  ).toEqual([
    'x failed      a.test.ts  1.2 s, 2 cases',
    '    sums > adds  a.test.ts:7',
    '      expected 1',
    '      to be 2',
    '    why: assertion; fault: test',
  ])
})

test('a flaky task is never plain green', () => {
  const verdict = { kind: 'flaky', failedAttempts: 1 } as const
  const outcome = { result: 'passed', durationMs: 5 } as const
  expect(
    judgedLines({ kind: 'task-judged', task: 'b', verdict, ...at }, { outcome, failedCases: [], output: '' }, look),
  ).toEqual(['~ flaky       b  passed after 1 failed attempt, 5 ms'])
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

test('a retry says why where that is not plain, and what is left to the run', () => {
  const event = { kind: 'task-retrying', task: 'b', n: 2, delayMs: 120, attemptsLeft: 1, ...at } as const
  expect(retryLines({ ...event, because: 'may-pass', budgetLeft: 1 }, ending, look)).toEqual([
    '~ retrying    b  attempt 1 failed: expected 1; again in 120 ms since it may pass (assertion; fault: test), ' +
      '1 attempt and 1 retry of the run left',
  ])
  expect(retryLines({ ...event, because: 'detect-flakiness', budgetLeft: 19 }, ending, look)).toEqual([
    '~ retrying    b  attempt 1 failed: expected 1; again in 120 ms only to see whether it is flaky, ' +
      '1 attempt and 19 retries of the run left',
  ])
  expect(retryLines({ ...event, because: 'may-pass', retryAfterMs: 2000 }, ending, look)).toEqual([
    '~ retrying    b  attempt 1 failed: expected 1; again in 120 ms since it may pass (assertion; fault: test) after the other side asked for 2.0 s, 1 attempt left',
  ])
})

test('a retry of the failed cases alone says how many they are', () => {
  const scope = { cases: [{ path: ['a'] }, { path: ['b'] }], of: 20 }
  const event = { kind: 'task-retrying', task: 'b', n: 2, delayMs: 0, attemptsLeft: 1, scope, ...at } as const
  expect(retryLines(event, ending, look)).toEqual([
    '~ retrying    b  attempt 1 failed: expected 1; 2 of 20 cases again now, 1 attempt left',
  ])
})

test('who is given up is told why', () => {
  const event = { kind: 'task-gave-up', task: 'b', n: 1, because: 'not-retryable', budgetLeft: 3, ...at } as const
  expect(gaveUpLine(event, ending, look)).toBe(
    '~ given up    b  not tried again after attempt 1: another attempt would not help (assertion; fault: test); the run has 3 retries left',
  )
  expect(gaveUpLine({ ...event, because: 'budget-spent', budgetLeft: 0 }, ending, look)).toBe(
    '~ given up    b  not tried again after attempt 1: the run has made as many such retries as it may',
  )
})

test('a failed task without cases shows the end of what it printed', () => {
  const outcome = {
    result: 'failed',
    durationMs: 5,
    failure: { ...failure, message: 'make ended with exit code 2' },
  } as const
  const event = { kind: 'task-judged', task: 'build', verdict: { kind: 'failed' }, ...at } as const
  expect(
    judgedLines(event, { outcome, failedCases: [], output: 'cc a.c\n\n\u001b[31merror:\u001b[0m no\n' }, look),
  ).toEqual([
    'x failed      build  5 ms',
    '    make ended with exit code 2',
    '    why: assertion; fault: test',
    '    printed:',
    '      cc a.c',
    '      error: no',
  ])
  const long = Array.from({ length: 30 }, (_, n) => `line ${String(n)}`).join('\n')
  const lines = judgedLines(event, { outcome, failedCases: [], output: long }, look)
  expect([lines[3], lines[4], lines.at(-1)]).toEqual(['    last 10 lines printed:', '      line 20', '      line 29'])
})

test('an attempt that was lost has not failed', () => {
  const lost = { kind: 'attempt-lost', task: 'b', n: 1, cause: 'coordinator', ...at } as const
  expect(lostLine(lost, look)).toBe('lost: attempt 1 of b, since its run was ended under it')
  const event = { kind: 'task-retrying', task: 'b', n: 2, delayMs: 0, attemptsLeft: 1, ...at } as const
  // Told once, with its cause.
  expect(retryLines(event, undefined, look)).toEqual([])
})

test('a line that announces the next comes with it', () => {
  const outcome = {
    result: 'failed',
    durationMs: 5,
    failure: { ...failure, message: 'not equal:\n\n2 !== 3\n' },
  } as const
  const event = { kind: 'task-retrying', task: 'b', n: 2, delayMs: 0, attemptsLeft: 0, ...at } as const
  expect(retryLines(event, { outcome, failedCases: [], output: '' }, look)).toEqual([
    '~ retrying    b  attempt 1 failed: not equal: 2 !== 3; again now',
  ])
})

test('an empty line of a message stays empty', () => {
  const failure = makeFailure({ category: 'assertion', message: 'Expected equal:\n\n2 !== 3\n', evidence: [] })
  const lines = failedCaseLines([{ path: ['a'], result: 'failed', durationMs: 1, failure }], look)
  expect(lines).toEqual(['    a', '      Expected equal:', '', '      2 !== 3'])
})

test('a message that holds a difference is shown further than one that only goes on', () => {
  const shown = (lines: readonly string[]): number =>
    failedCaseLines([{ ...ending.failedCases[0], failure: { ...failure, message: lines.join('\n') } }], look).length
  const same = Array.from({ length: 20 }, (_, at) => `  same ${at}`)
  expect(shown(['+ actual - expected', '', ...same, '+ 1', '- 2'])).toBe(25)
  expect(shown(same)).toBe(10)
})

test('frames of Node itself do not push what was printed out of sight', () => {
  const output = [
    'const x = ) ;',
    '          ^',
    ...Array.from({ length: 12 }, () => '    at wrap (node:internal/a:1:1)'),
  ]
  const lines = judgedLines(
    { kind: 'task-judged', task: 'a', verdict: { kind: 'failed' }, ...at },
    { outcome: { result: 'failed', durationMs: 1, failure }, failedCases: [], output: output.join('\n') },
    look,
  )
  expect(lines.slice(-3)).toEqual(['    printed:', '      const x = ) ;', '                ^'])
})

test('a failure says its kind, whose fault it is and what to do', () => {
  const refused = makeFailure({
    category: 'network',
    code: 'refused',
    message: 'no',
    evidence: [],
    suggestion: 'Start it.',
  })
  const outcome = { result: 'failed', durationMs: 5, failure: refused } as const
  const event = { kind: 'task-judged', task: 'b', verdict: { kind: 'failed' }, ...at } as const
  expect(judgedLines(event, { outcome, failedCases: [], output: '' }, look)).toContain(
    '    why: network, refused; fault: environment. Start it.',
  )
})

test('a case that was cut off says so, and a name as long as a book is cut', () => {
  const lines = failedCaseLines([{ path: ['x'.repeat(10_000)], result: 'cancelled', durationMs: 1 }], look, whole)
  expect(lines[1]).toBe('      cancelled: its attempt ended before it did')
  expect(lines[0]?.length).toBeLessThan(400)
})

test('what is no text is counted and not shown, and no line fills a screen by itself', () => {
  expect(readableLines('\uFFFDab'.repeat(1000))).toEqual([
    '… 3,000 characters that are no text; a report has them (--html FILE)',
  ])
  expect(readableLines('x'.repeat(5000))).toEqual([`${'x'.repeat(1000)} … 4,000 characters left out here`])
})
