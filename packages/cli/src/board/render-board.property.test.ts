// The board fits the terminal, whatever runs on it.
import type { RunningAttempt } from '../progress/live-attempts.ts'
import type { TimeLeft } from '../progress/time-left.ts'
import { columnsOf } from '../terminal/fit-width.ts'
import { lookOf } from '../terminal/look.ts'
import { oneLine } from '../terminal/plain-text.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { BoardModel } from './board-model.ts'
import { renderBoard } from './render-board.ts'

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
  hasBegun: fc.boolean(),
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
  held: fc.record({
    workers: fc.array(name, { maxLength: 3 }),
    breakers: fc.array(fc.record({ key: name, state: fc.constantFrom('open', 'half-open') }), { maxLength: 3 }),
  }),
  nowMs: fc.integer({ min: 0, max: 1e6 }),
})
const size = fc.record({ columns: fc.integer({ min: 2, max: 200 }), rows: fc.integer({ min: 1, max: 60 }) })

test('no line is as wide as the terminal, and all lines fit its height', () => {
  fc.assert(
    fc.property(model, size, fc.boolean(), fc.boolean(), (given, terminal, colour, unicode) => {
      const lines = renderBoard(given, terminal, lookOf({ colour, unicode }))
      for (const line of lines) expect(columnsOf(oneLine(line))).toBeLessThan(terminal.columns)
      // The cursor stands below.
      expect(lines.length).toBeLessThan(terminal.rows)
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

/** A run that has tasks waiting, one that was tried before, and one that failed. */
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
  cases: { passed: 1, failed: 0, skipped: 0, flaky: 0 },
  running: [
    {
      task: 'a.test.ts',
      n: 2,
      worker: 'local',
      sinceMs: 0,
      hasBegun: true,
      expected: undefined,
      lastCase: undefined,
      cases: { passed: 0, failed: 0 },
      failedCases: [],
      fraction: 0.25,
      message: undefined,
    },
  ],
  held: { workers: [], breakers: [] },
  nowMs: 12_000,
}

const ascii = lookOf({ colour: false, unicode: false })

test('a screen in ASCII holds only ASCII where the names do', () => {
  expect(renderBoard(given, { columns: 60, rows: 20 }, ascii)).toEqual([
    '',
    ' shop - r1 - 2 slots - fifo',
    ' ##############..............   50%   2 of 4 tasks   1 case',
    ' 1:05 elapsed - about 1:00 left (0:50 to 1:30)',
    '',
    ' * a.test.ts (attempt 2)    12 s > 25%',
    ' o 1 waiting',
    '',
    ' + 1 passed  ~ 0 flaky  x 1 failed  / 0 blocked',
  ])
})

const attemptOf = (task: string, sinceMs: number): RunningAttempt => ({
  task,
  n: 1,
  worker: 'local',
  sinceMs,
  hasBegun: true,
  expected: undefined,
  lastCase: undefined,
  cases: { passed: 0, failed: 0 },
  failedCases: [],
  fraction: undefined,
  message: undefined,
})

test('a worker that was put out and a breaker that is open stand below what runs', () => {
  const held = {
    workers: ['w3'],
    breakers: [
      { key: 'resource:payments', state: 'open' },
      { key: 'probation:w4', state: 'half-open' },
    ],
  } as const
  expect(renderBoard({ ...given, held }, { columns: 80, rows: 20 }, ascii).slice(5, 8)).toEqual([
    ' * a.test.ts (attempt 2)    12 s > 25%',
    ' o 1 waiting',
    ' / put out: w3; resource payments: held up; worker w4: being tried',
  ])
})

test('a terminal of 20 columns and 8 rows still says how far it is, what runs and since when', () => {
  const running = [attemptOf('test/orders/history.test.ts', 2_000), attemptOf('test/basket.test.ts', 500)]
  const tasks = { total: 49, judged: 20, running: 2, backingOff: 1 }
  expect(renderBoard({ ...given, running, tasks }, { columns: 20, rows: 8 }, ascii)).toEqual([
    ' shop - 2 slots',
    ' ###....  50% 20/49',
    ' 1:05 - 1:00 left',
    ' * basket.t~   12 s',
    ' * history.~   10 s',
    ' o 26 waiting, 1 b~',
    ' + 1 ~ 0 x 1 / 0',
  ])
})

test('what runs longest stands first, however the tasks are called', () => {
  const running = ['b', 'c', 'a'].map((task, at) => attemptOf(task, at * 1000))
  const lines = renderBoard(
    { ...given, running, tasks: { ...given.tasks, running: 3 } },
    { columns: 60, rows: 24 },
    ascii,
  )
  expect(lines.filter((line) => line.startsWith(' * ')).map((line) => line.slice(3, 4))).toEqual(['b', 'c', 'a'])
})

test('more attempts than rows stand beside each other where there is room, and those that do not fit are counted', () => {
  const running = Array.from({ length: 40 }, (_, at) => attemptOf(`file-${String(at)}.test.ts`, at))
  const busy = { ...given, running, tasks: { total: 49, judged: 0, running: 40, backingOff: 0 } }
  const shownAt = (columns: number): number =>
    renderBoard(busy, { columns, rows: 30 }, ascii).join('\n').split(' * ').length - 1
  expect([shownAt(80), shownAt(120), shownAt(200)]).toEqual([14, 28, 40])
  expect(renderBoard(busy, { columns: 120, rows: 30 }, ascii)).toContain(' o 12 more running, 9 waiting')
})

test('a terminal that is made higher never loses what a lower one showed', () => {
  const running = Array.from({ length: 12 }, (_, at) => attemptOf(`file-${String(at)}.test.ts`, at))
  const busy = { ...given, running, tasks: { total: 49, judged: 0, running: 12, backingOff: 0 } }
  const shown = Array.from(
    { length: 40 },
    (_, at) => renderBoard(busy, { columns: 80, rows: at + 1 }, ascii).filter((line) => line.startsWith(' * ')).length,
  )
  expect(shown).toEqual(shown.toSorted((a, b) => a - b))
  expect(shown.at(-1)).toBe(12)
})
