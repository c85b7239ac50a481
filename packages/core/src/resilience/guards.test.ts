// Bulkheads, rate limits, time-outs and breakers, alone and together, in virtual time.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { askGuard, guardDueMs, overdue } from './ask-guard.ts'
import type { Guard } from './guard.ts'
import { bulkhead, circuitBreaker, compose, rateLimit, timeOut } from './make-guard.ts'
import { nextGuard } from './next-guard.ts'

interface Story {
  readonly started: readonly { readonly id: string; readonly atMs: number }[]
  readonly underWay: readonly number[]
  readonly guard: Guard
}

/** Starts whenever the guard lets it, ends what was started after some time. */
function play(guard: Guard, lengthsMs: readonly number[], untilMs: number, ends: (atMs: number) => boolean): Story {
  let now = guard
  const started: { id: string; atMs: number }[] = []
  const running = new Map<string, number>()
  const underWay: number[] = []
  for (let atMs = 0; atMs < untilMs; atMs++) {
    for (const [id, endMs] of running) {
      if (endMs > atMs) continue
      running.delete(id)
      now = nextGuard(now, { kind: 'ended', id, as: ends(atMs) ? 'succeeded' : 'failed' }, atMs)
    }
    while (askGuard(now, atMs).kind === 'go' && started.length < 10_000) {
      const id = `s${started.length}`
      now = nextGuard(now, { kind: 'started', id }, atMs)
      running.set(id, atMs + (lengthsMs[started.length % lengthsMs.length] ?? 1))
      started.push({ id, atMs })
      underWay.push(running.size)
      if (running.size > 200) return { started, underWay, guard: now }
    }
  }
  return { started, underWay, guard: now }
}

const anyLengths = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 10 })

test('a bulkhead never lets more be under way than its limit, and leaves no place unused', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), anyLengths, (limit, lengths) => {
      const { underWay } = play(bulkhead(limit), lengths, 200, () => true)
      expect(Math.max(...underWay)).toBe(limit)
    }),
  )
})

test('in every stretch of time a rate limit lets at most its rate and its burst start', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 5 }), (perSecond, burst) => {
      const { started } = play(rateLimit({ perSecond, burst }), [1], 1000, () => true)
      for (let from = 0; from < started.length; from++) {
        for (let to = from; to < started.length; to++) {
          const ms = (started[to]?.atMs ?? 0) - (started[from]?.atMs ?? 0)
          expect(to - from + 1).toBeLessThanOrEqual(burst + (ms * perSecond) / 1000 + 1e-6)
        }
      }
    }),
    { numRuns: 30 },
  )
})

test('a rate limit says when it lets the next one start', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999 }), fc.nat(500), (perSecond, atMs) => {
      const guard = nextGuard(rateLimit({ perSecond }), { kind: 'started', id: 'a' }, atMs)
      const answer = askGuard(guard, atMs)
      expect(answer.kind).toBe('wait')
      const untilMs = answer.kind === 'wait' ? (answer.untilMs ?? 0) : 0
      expect(askGuard(guard, untilMs).kind).toBe('go')
      expect(askGuard(guard, untilMs - 1.001).kind).toBe('wait')
    }),
  )
})

test('a time-out names what takes too long, once it does and until it ends', () => {
  let guard: Guard = timeOut(100)
  guard = nextGuard(guard, { kind: 'started', id: 'a' }, 0)
  guard = nextGuard(guard, { kind: 'started', id: 'b' }, 50)
  expect(guardDueMs(guard)).toBe(100)
  expect(overdue(guard, 99)).toEqual([])
  expect(overdue(guard, 100)).toEqual(['a'])
  expect(overdue(guard, 150)).toEqual(['a', 'b'])
  guard = nextGuard(guard, { kind: 'ended', id: 'a', as: 'failed' }, 151)
  expect(overdue(guard, 151)).toEqual(['b'])
})

test('guards that are composed let start what each of them lets', () => {
  const guard = compose(
    circuitBreaker({ failures: 3, openMs: 100, jitter: 0 }),
    bulkhead(4),
    rateLimit({ perSecond: 100 }),
  )
  const { started, underWay } = play(guard, [20], 2000, (atMs) => atMs > 500)
  expect(Math.max(...underWay)).toBeLessThanOrEqual(4)
  const early = started.filter(({ atMs }) => atMs <= 500)
  // Before it opened, those under way then, and a probe for each time that it half-opened.
  expect(early.length).toBeLessThanOrEqual(3 + 4 + 3)
  expect(started.length - early.length).toBeGreaterThan(50)
})

test('of guards that say no the one answers that says so for longest', () => {
  let guard: Guard = compose(rateLimit({ perSecond: 10 }), bulkhead(1))
  guard = nextGuard(guard, { kind: 'started', id: 'a' }, 0)
  expect(askGuard(guard, 0)).toMatchObject({ kind: 'wait', by: 'bulkhead' })
  guard = nextGuard(guard, { kind: 'ended', id: 'a', as: 'succeeded' }, 1)
  expect(askGuard(guard, 1)).toMatchObject({ kind: 'wait', by: 'rate-limit', untilMs: 100 })
})

test('a guard is data: what is stored and read back goes on the same', () => {
  let guard: Guard = compose(
    circuitBreaker({ failures: 1, openMs: 50 }),
    bulkhead(2),
    timeOut(10),
    rateLimit({ perSecond: 5 }),
  )
  guard = nextGuard(guard, { kind: 'started', id: 'a' }, 0)
  guard = nextGuard(guard, { kind: 'ended', id: 'a', as: 'failed' }, 3)
  const back: unknown = JSON.parse(JSON.stringify(guard))
  expect(back).toEqual(guard)
  expect(askGuard(guard, 4)).toMatchObject({ kind: 'wait' })
})

test.each([
  ['a bulkhead for nobody', () => bulkhead(0), /limit/],
  ['a rate of nothing', () => rateLimit({ perSecond: 0 }), /perSecond/],
  ['a burst of less than one', () => rateLimit({ perSecond: 1, burst: 0.5 }), /burst/],
  ['a time-out at once', () => timeOut(0), /limitMs/],
  ['a breaker that never opens', () => circuitBreaker({ failures: 30 }), /window/],
])('%s is refused', (_, make, named) => {
  expect(make).toThrow(named)
})

test('a breaker that stays open for longer than the longest is refused by name', () => {
  expect(() => circuitBreaker({ openMs: 50_000, maxOpenMs: 10 })).toThrow(
    'expected at most the longest time that it stays open, maxOpenMs (10)',
  )
})
