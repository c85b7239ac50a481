// What must hold of every circuit breaker, as laws over whatever plays one, so that planted faults can be tried as well. A
// story is a list of things that happen to what the breaker watches; the laws keep every event and count anew each time.
import fc from 'fast-check'
import { expect } from 'vitest'
import type { Resolved } from '../../options/resolved.ts'
import { type BreakerOptions, breakerOptions } from '../breaker-options.ts'
import { type BreakerEvent, type BreakerState, closedBreaker, type RecentEvent } from '../breaker-state.ts'
import { breakerAdmits } from '../next-breaker.ts'
import type { BreakerContext } from '../settle-breaker.ts'

/** Plays a breaker. */
export type NextBreaker = (state: BreakerState, event: BreakerEvent, context: BreakerContext) => BreakerState

interface Happening {
  readonly afterMs: number
  readonly kind: 'start' | 'succeed' | 'fail' | 'neutral' | 'tick'
  /** Which of those under way ends; the newest for -1. */
  readonly which: number
}

interface Story {
  readonly options: Resolved<BreakerOptions>
  readonly happenings: readonly Happening[]
  readonly roll: number
}

interface UnderWay {
  readonly probeOf: number | undefined
}

const anyOptions: fc.Arbitrary<Resolved<BreakerOptions>> = fc
  .record({
    failures: fc.integer({ min: 1, max: 4 }),
    rate: fc.constantFrom(0.2, 0.5, 0.75, 1),
    extra: fc.integer({ min: 0, max: 6 }),
    windowMs: fc.oneof(fc.integer({ min: 5, max: 200 }), fc.constant(5000)),
    openMs: fc.integer({ min: 1, max: 40 }),
    factor: fc.constantFrom(1, 2, 3),
    maxOpenMs: fc.integer({ min: 40, max: 120 }),
    jitter: fc.constantFrom(0, 0.5, 1),
    probes: fc.integer({ min: 1, max: 3 }),
    closeAfter: fc.integer({ min: 1, max: 3 }),
    probeMs: fc.integer({ min: 1, max: 60 }),
    maxHeldMs: fc.integer({ min: 0, max: 300 }),
  })
  .map(({ extra, ...rest }) => breakerOptions.parse({ ...rest, window: rest.failures + extra }))

const anyStory: fc.Arbitrary<Story> = fc.record({
  options: anyOptions,
  happenings: fc.array(
    fc.record({
      afterMs: fc.integer({ min: 0, max: 30 }),
      kind: fc.constantFrom('start', 'start', 'start', 'succeed', 'fail', 'fail', 'neutral', 'tick'),
      which: fc.oneof(fc.constant(-1), fc.nat(50)),
    }),
    { minLength: 20, maxLength: 150, size: 'max' },
  ),
  roll: fc.double({ min: 0, max: 0.999, noNaN: true }),
})

/** A story as it is told: the breaker is kept to, and all that it was told is remembered. */
class Telling {
  state: BreakerState = closedBreaker
  nowMs = 0
  /** Every event since it closed last. */
  events: RecentEvent[] = []
  succeeded = 0
  failed = 0
  readonly underWay: UnderWay[] = []
  readonly #next: NextBreaker
  readonly #story: Story

  constructor(next: NextBreaker, story: Story) {
    this.#next = next
    this.#story = story
  }

  tell(event: BreakerEvent): void {
    const { options, roll } = this.#story
    const before = this.state
    if (before.kind === 'closed' && (event.kind === 'succeeded' || event.kind === 'failed')) {
      this.events.push({ atMs: this.nowMs, failed: event.kind === 'failed' })
    }
    const isOfNow = before.kind === 'half-open' && event.kind === 'probe-ended' && event.opened === before.opened
    if (isOfNow && event.as === 'succeeded') this.succeeded++
    if (isOfNow && event.as === 'failed') this.failed++
    const answered = event.kind === 'succeeded' || (event.kind === 'probe-ended' && event.as === 'succeeded')
    this.state = this.#next(before, event, { options, nowMs: this.nowMs, roll })
    this.#check(before, answered)
  }

  start(): void {
    if (breakerAdmits(this.state, this.#story.options) <= 0) return
    const { state } = this
    this.underWay.push({ probeOf: state.kind === 'half-open' ? state.opened : undefined })
    if (state.kind === 'half-open') this.tell({ kind: 'probe-started' })
  }

  end(which: number, as: 'succeeded' | 'failed' | 'neutral'): void {
    const at = which < 0 ? this.underWay.length - 1 : which % Math.max(1, this.underWay.length)
    const [ended] = this.underWay.splice(at, 1)
    if (ended === undefined) return
    if (ended.probeOf !== undefined) this.tell({ kind: 'probe-ended', opened: ended.probeOf, as })
    else if (as !== 'neutral') this.tell({ kind: as })
  }

  #check(before: BreakerState, answered: boolean): void {
    const { options } = this.#story
    const { state, nowMs } = this
    if (before.kind === 'closed') {
      expect(state.kind).toBe(isTooMuch(this.events, options, nowMs) ? 'open' : 'closed')
    }
    if (state.kind === before.kind && state.kind !== 'open') {
      this.#checkProbes()
      return
    }
    switch (state.kind) {
      case 'open': {
        const isNew = before.kind !== 'open'
        if (before.kind === 'half-open') expect(this.failed > 0 || nowMs >= (before.untilMs ?? Infinity)).toBe(true)
        else expect(before.kind).not.toBe('spent')
        expect(state.untilMs - nowMs).toBeLessThanOrEqual(isNew ? Math.max(1, options.maxOpenMs) : Infinity)
        if (before.kind === 'open') expect(nowMs).toBeLessThan(before.untilMs)
        return
      }
      case 'half-open':
        expect(before.kind === 'open' && nowMs >= before.untilMs).toBe(true)
        this.succeeded = 0
        this.failed = 0
        return
      case 'closed':
        expect(before.kind === 'half-open' ? this.succeeded >= options.closeAfter : answered).toBe(true)
        if (before.kind === 'half-open') expect(this.failed).toBe(0)
        this.events = []
        return
      case 'spent':
        expect(before.kind === 'half-open' && nowMs - before.heldSinceMs >= options.maxHeldMs).toBe(true)
        return
    }
  }

  #checkProbes(): void {
    const { state } = this
    if (state.kind !== 'half-open') return
    const probes = this.underWay.filter(({ probeOf }) => probeOf === state.opened).length
    expect(probes).toBeLessThanOrEqual(this.#story.options.probes)
    expect(this.failed).toBe(0)
    expect(this.succeeded).toBeLessThan(this.#story.options.closeAfter)
  }
}

/** Opens exactly when too much of what is recent failed, closes only after successes, lets only so many probes through. */
export function keepsItsRules(next: NextBreaker): void {
  fc.assert(
    fc.property(anyStory, (story) => {
      const telling = new Telling(next, story)
      for (const { afterMs, kind, which } of story.happenings) {
        telling.nowMs += afterMs
        telling.tell({ kind: 'tick' })
        if (kind === 'start') telling.start()
        else if (kind === 'succeed') telling.end(which, 'succeeded')
        else if (kind === 'fail') telling.end(which, 'failed')
        else if (kind === 'neutral') telling.end(which, 'neutral')
        // Nothing starts while it is open.
        if (telling.state.kind === 'open') expect(breakerAdmits(telling.state, story.options)).toBe(0)
      }
    }),
    { numRuns: 300 },
  )
}

/** However badly it goes on, a hold ends: within `maxHeldMs`, and the last open time and probe that began before that. */
export function everyHoldEnds(next: NextBreaker): void {
  fc.assert(
    fc.property(anyStory, fc.constantFrom('fail', 'hang'), (story, probesDo) => {
      const telling = new Telling(next, story)
      for (const { afterMs, kind, which } of story.happenings) {
        telling.nowMs += afterMs
        telling.tell({ kind: 'tick' })
        if (kind === 'start') telling.start()
        else telling.end(which, 'failed')
      }
      const { maxHeldMs, maxOpenMs, probeMs } = story.options
      const lastMs = telling.nowMs + maxHeldMs + 2 * (maxOpenMs + probeMs) + 4
      while (telling.state.kind !== 'closed' && telling.state.kind !== 'spent') {
        expect(telling.nowMs).toBeLessThanOrEqual(lastMs)
        const started = telling.underWay.length
        telling.start()
        if (probesDo === 'fail' && telling.underWay.length > started) telling.end(started, 'failed')
        telling.nowMs++
        telling.tell({ kind: 'tick' })
      }
    }),
    { numRuns: 200 },
  )
}

function isTooMuch(events: readonly RecentEvent[], options: Resolved<BreakerOptions>, nowMs: number): boolean {
  const lastMs = events.at(-1)?.atMs ?? nowMs
  const young = events.filter(({ atMs }) => lastMs - atMs < options.windowMs).slice(-options.window)
  while (young[0]?.failed === false) young.shift()
  const failures = young.filter(({ failed }) => failed).length
  return failures >= options.failures && failures / young.length >= options.rate - 1e-12
}
