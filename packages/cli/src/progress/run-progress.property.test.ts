// The bar never goes back by itself, never leaves 0 to 1, and is full exactly when every task is judged.
import type { RunEvent, Verdict } from '@muster/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RunProgress } from './run-progress.ts'

interface Life {
  readonly expectedMs: number | undefined
  readonly attempts: number
  readonly verdict: Verdict
  readonly takesMs: number
}

const life: fc.Arbitrary<Life> = fc.record({
  expectedMs: fc.option(fc.integer({ min: 0, max: 5000 }), { nil: undefined }),
  attempts: fc.integer({ min: 0, max: 3 }),
  verdict: fc.constantFrom<Verdict>({ kind: 'passed' }, { kind: 'failed' }, { kind: 'blocked', by: 'x' }),
  takesMs: fc.integer({ min: 1, max: 9000 }),
})

/** Events of tasks that run one after the other. */
function eventsOf(lives: readonly Life[]): readonly RunEvent[] {
  const events: RunEvent[] = []
  let atMs = 0
  let position = 0
  const base = (): { readonly position: number; readonly atMs: number } => ({ position: ++position, atMs })
  const worker = { id: 'w', engine: 'local', kinds: ['k'], capacity: { slots: 2 } }
  events.push({ kind: 'worker-joined', worker, ...base() })
  for (const [at, { attempts, verdict, takesMs }] of lives.entries()) {
    const task = `t${String(at)}`
    for (let n = 1; n <= attempts; n++) {
      events.push({ kind: 'attempt-launched', task, n, worker: 'w', ...base() })
      events.push({ kind: 'attempt-started', task, n, ...base() })
      atMs += takesMs
      const result = n === attempts && verdict.kind === 'passed' ? 'passed' : 'failed'
      const cases = { passed: 1, failed: 0, skipped: 0, flaky: 0 }
      events.push({ kind: 'attempt-ended', task, n, outcome: { result, durationMs: takesMs, cases }, ...base() })
      if (n < attempts)
        events.push({ kind: 'task-retrying', task, n: n + 1, delayMs: 1, attemptsLeft: attempts - n, ...base() })
    }
    events.push({ kind: 'task-judged', task, verdict, ...base() })
  }
  return events
}

function progressOf(lives: readonly Life[]): RunProgress {
  const tasks = lives.map(({ expectedMs }, at) => ({ id: `t${String(at)}`, expectedMs }))
  return new RunProgress({ tasks, facts: {} })
}

test('the share done grows from 0 to 1 and is 1 only at the end', () => {
  fc.assert(
    fc.property(fc.array(life, { minLength: 1, maxLength: 12 }), (lives) => {
      const progress = progressOf(lives)
      let before = 0
      for (const event of eventsOf(lives)) {
        progress.take(event)
        for (const nowMs of [event.atMs, event.atMs + 700]) {
          const share = progress.fraction(nowMs)
          expect(share).toBeGreaterThanOrEqual(before)
          expect(share === 1).toBe(progress.tasks.judged === lives.length)
          before = share
        }
      }
      expect(before).toBe(1)
    }),
  )
})

test('counts add up: every task is judged once, nothing runs at the end, cases count once a task', () => {
  fc.assert(
    fc.property(fc.array(life, { maxLength: 12 }), (lives) => {
      const progress = progressOf(lives)
      const events = eventsOf(lives)
      for (const event of events) progress.take(event)
      // A doubled verdict changes nothing.
      for (const event of events) if (event.kind === 'task-judged') progress.take(event)
      expect(progress.tasks).toEqual({ total: lives.length, judged: lives.length, running: 0, backingOff: 0 })
      const kinds = ['passed', 'failed', 'blocked'] as const
      expect(kinds.map((kind) => progress.verdicts(kind))).toEqual(
        kinds.map((kind) => lives.filter(({ verdict }) => verdict.kind === kind).length),
      )
      expect(progress.cases.passed).toBe(lives.filter(({ attempts }) => attempts > 0).length)
      expect(progress.timeLeft(1e9)).toEqual({ kind: 'range', lowMs: 0, likelyMs: 0, highMs: 0 })
    }),
  )
})

test('failed cases of a running attempt are provisional until it has ended', () => {
  const progress = progressOf([{ expectedMs: 10, attempts: 1, verdict: { kind: 'failed' }, takesMs: 5 }])
  const at = { position: 1, atMs: 1 }
  progress.take({ kind: 'attempt-launched', task: 't0', n: 1, worker: 'w', ...at })
  progress.take({
    kind: 'case-ended',
    task: 't0',
    n: 1,
    result: { path: ['a'], result: 'failed', durationMs: 1 },
    ...at,
  })
  expect(progress.running[0]?.cases).toEqual({ passed: 0, failed: 1 })
  expect([progress.cases.failed, progress.lastEnding('t0')]).toEqual([0, undefined])
  const outcome = { result: 'failed' as const, durationMs: 5, cases: { passed: 0, failed: 1, skipped: 0, flaky: 0 } }
  progress.take({ kind: 'attempt-ended', task: 't0', n: 1, outcome, ...at })
  expect(progress.cases.failed).toBe(1)
  expect(progress.lastEnding('t0')?.failedCases.map(({ path }) => path)).toEqual([['a']])
})

test('an ending holds the last of what its attempt printed, and a loss after it leaves none', () => {
  const progress = new RunProgress({ tasks: [{ id: 'a' }], facts: {} })
  const at = { position: 1, atMs: 1 }
  const printed = (n: number, text: string): RunEvent => ({
    kind: 'attempt-output',
    task: 'a',
    n,
    stream: 'stdout',
    text,
    ...at,
  })
  progress.take({ kind: 'attempt-launched', task: 'a', n: 1, worker: 'w', ...at })
  progress.take(printed(1, 'x'.repeat(9000)))
  progress.take(printed(1, 'the end'))
  progress.take({ kind: 'attempt-ended', task: 'a', n: 1, outcome: { result: 'failed', durationMs: 1 }, ...at })
  expect(progress.lastEnding('a')?.output).toMatch(/^x{3993}the end$/)
  progress.take({ kind: 'attempt-launched', task: 'a', n: 2, worker: 'w', ...at })
  progress.take({ kind: 'attempt-lost', task: 'a', n: 2, cause: 'worker', ...at })
  expect(progress.lastEnding('a')).toBeUndefined()
})
