// The board fits the terminal, whatever runs on it.
import type { RunningAttempt } from '../progress/live-attempts.ts'
import type { TimeLeft } from '../progress/time-left.ts'
import { columnsOf } from '../terminal/fit-width.ts'
import { lookOf } from '../terminal/look.ts'
import { oneLine } from '../terminal/plain-text.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type BoardModel, renderBoard } from './render-board.ts'

const name = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1 }),
  fc.constantFrom('src/数/検証.test.ts', 'a'.repeat(300), 'e2e/\u001B[2Jx'),
)
const count = fc.integer({ min: 0, max: 100_000 })
const left: fc.Arbitrary<TimeLeft> = fc.oneof(
  fc.constant<TimeLeft>({ kind: 'unknown' }),
  fc
    .integer({ min: 0, max: 1e8 })
    .map((ms): TimeLeft => ({ kind: 'range', lowMs: ms / 2, likelyMs: ms, highMs: 2 * ms })),
)
const attempt: fc.Arbitrary<RunningAttempt> = fc.record({
  task: name,
  n: fc.integer({ min: 1, max: 12 }),
  worker: name,
  sinceMs: fc.integer({ min: 0, max: 1e6 }),
  expected: fc.option(fc.constant({ medianMs: 1234, p10Ms: 1000, p90Ms: 2000 }), { nil: undefined }),
  lastCase: fc.option(
    name.map((title) => ({ path: [title], result: 'passed' as const, durationMs: 1 })),
    { nil: undefined },
  ),
  cases: fc.record({ passed: count, failed: count }),
  failedCases: fc.constant([]),
  fraction: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
  message: fc.option(name, { nil: undefined }),
})
const model: fc.Arbitrary<BoardModel> = fc.record({
  project: name,
  run: fc.constant('20261121-134501-k3f9ab'),
  strategy: name,
  phase: fc.constantFrom('running', 'paused', 'draining', 'interrupting', 'over'),
  elapsedMs: fc.integer({ min: 0, max: 1e8 }),
  fraction: fc.double({ min: 0, max: 1, noNaN: true }),
  timeLeft: left,
  tasks: fc.record({ total: count, judged: count, running: count, backingOff: count }),
  slots: fc.integer({ min: 0, max: 1024 }),
  verdicts: fc.record({
    passed: count,
    flaky: count,
    failed: count,
    blocked: count,
    skipped: count,
    cancelled: count,
    poisoned: count,
  }),
  cases: fc.record({ passed: count, failed: count, skipped: count, flaky: count }),
  running: fc.array(attempt, { maxLength: 40 }),
  nowMs: fc.integer({ min: 0, max: 1e6 }),
})
const size = fc.record({ columns: fc.integer({ min: 2, max: 200 }), rows: fc.integer({ min: 12, max: 60 }) })

test('no line is as wide as the terminal, and all lines fit its height', () => {
  fc.assert(
    fc.property(model, size, fc.boolean(), fc.boolean(), (given, terminal, colour, unicode) => {
      const lines = renderBoard(given, terminal, lookOf({ colour, unicode }))
      for (const line of lines) expect(columnsOf(oneLine(line))).toBeLessThan(terminal.columns)
      if (terminal.columns >= 60) expect(lines.length).toBeLessThanOrEqual(terminal.rows)
    }),
    { numRuns: 300 },
  )
})

test('without colour there is not one escape sequence', () => {
  fc.assert(
    fc.property(model, size, (given, terminal) => {
      expect(renderBoard(given, terminal, lookOf({ colour: false, unicode: true })).join('\n')).not.toContain('\u001B')
    }),
  )
})

test('a screen in ASCII holds only ASCII where the names do', () => {
  const plain = { passed: 1, failed: 0, skipped: 0, flaky: 0 }
  const given: BoardModel = {
    project: 'shop',
    run: 'r1',
    strategy: 'fifo',
    phase: 'running',
    elapsedMs: 65_000,
    fraction: 0.5,
    timeLeft: { kind: 'range', lowMs: 50_000, likelyMs: 60_000, highMs: 90_000 },
    tasks: { total: 4, judged: 2, running: 1, backingOff: 0 },
    slots: 2,
    verdicts: { passed: 1, failed: 1 },
    cases: plain,
    running: [
      {
        task: 'a.test.ts',
        n: 2,
        worker: 'local',
        sinceMs: 0,
        expected: undefined,
        lastCase: undefined,
        cases: { passed: 0, failed: 0 },
        failedCases: [],
        fraction: 0.25,
        message: undefined,
      },
    ],
    nowMs: 12_000,
  }
  expect(renderBoard(given, { columns: 60, rows: 20 }, lookOf({ colour: false, unicode: false }))).toEqual([
    '',
    ' shop - r1                                   2 slots - fifo',
    ' #############..............   50%   2 of 4 tasks   1 case',
    ' 1:05 elapsed - about 1:00 left (0:50 to 1:30)',
    '',
    ' * a.test.ts (attempt 2)    12 s > 25%',
    ' o 1 waiting',
    '',
    ' + 1 passed  ~ 0 flaky  x 1 failed  / 0 blocked',
  ])
})
