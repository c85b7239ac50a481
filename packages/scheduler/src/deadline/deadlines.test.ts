import type { TaskDefinition, TaskFacts } from '@muster/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scheduleMetrics } from '../simulate/schedule-metrics.ts'
import { simulateSchedule } from '../simulate/simulate-schedule.ts'
import { admitDeadline } from './admit-deadline.ts'
import { assessDeadlines } from './assess-deadlines.ts'
import { calibrateProbability } from './calibrate-probability.ts'
import { deadlineAware } from './deadline-aware.ts'
import type { DeadlineSnapshot, DueTask } from './deadline-snapshot.ts'
import { earliestDeadlineFirst, leastSlackFirst } from './deadline-strategies.ts'
import { durationSpread, normalShare, quantileOf, remainingOf, shareWithin } from './duration-spread.ts'
import { mitigateDeadlines } from './mitigate-deadlines.ts'

const facts = (medianMs: number, spread = 1.2, samples = 30): TaskFacts => ({
  duration: { medianMs, p10Ms: medianMs / spread, p90Ms: medianMs * spread, samples },
})
const due = (id: string, medianMs: number, deadlineMs?: number, more: Partial<DueTask> = {}): DueTask => ({
  task: { id, kind: 'unit', ...(deadlineMs === undefined ? {} : { deadlineMs }) },
  facts: facts(medianMs),
  ...more,
})
const snapshot = (waiting: readonly DueTask[], more: Partial<DeadlineSnapshot> = {}): DeadlineSnapshot => ({
  nowMs: 0,
  slots: 1,
  running: [],
  waiting,
  ...more,
})

describe('spreads', () => {
  test('a lognormal goes through its percentiles', () => {
    const spread = durationSpread({ id: 'a', kind: 'unit' }, facts(100, 1.5, 1e6), 1)
    expect(quantileOf(spread, 0.1)).toBeCloseTo(100 / 1.5, 0)
    expect(quantileOf(spread, 0.5)).toBeCloseTo(100, 5)
    expect(quantileOf(spread, 0.9)).toBeCloseTo(150, 0)
    expect(normalShare(1.96)).toBeCloseTo(0.975, 4)
  })

  test('few samples are less sure than many, and an unknown task is least sure', () => {
    const sigma = (known: TaskFacts | undefined): number => durationSpread({ id: 'a', kind: 'unit' }, known, 50).sigma
    expect(sigma(facts(100, 1.1, 2))).toBeGreaterThan(sigma(facts(100, 1.1, 50)))
    expect(sigma(undefined)).toBeGreaterThan(sigma(facts(100, 1.1, 2)))
  })

  test('what is left of an attempt is never below zero and finite', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 1e6, noNaN: true }),
        fc.double({ min: 0, max: 1e7, noNaN: true }),
        (ms, elapsed) => {
          const { meanMs, variance } = remainingOf(durationSpread({ id: 'a', kind: 'unit' }, facts(ms), 1), elapsed)
          expect(meanMs).toBeGreaterThanOrEqual(0)
          expect(Number.isFinite(variance) && variance >= 0).toBe(true)
        },
      ),
    )
  })
})

describe('probabilities', () => {
  test('they agree with what comes of it: of all that were told a chance, so many are met', () => {
    // A generator of its own, so that nothing here shares code with what it judges.
    let state = 7
    const unit = (): number => (state = (state * 16807) % 2147483647) / 2147483647
    const gauss = (): number => Math.sqrt(-2 * Math.log(unit())) * Math.cos(2 * Math.PI * unit())
    let squares = 0
    let base = 0
    let met = 0
    const runs = 3000
    for (let run = 0; run < runs; run++) {
      const ahead = 1 + Math.floor(unit() * 8)
      const lengths = Array.from({ length: ahead + 1 }, () => 50 + 200 * unit())
      const took = lengths.map((ms) => ms * Math.exp(0.4 * gauss()))
      const deadlineMs = lengths.reduce((sum, ms) => sum + ms, 0) * (0.3 + 2.2 * unit())
      const known = (ms: number): TaskFacts => facts(ms, Math.exp(0.4 * 1.2816), 1e6)
      const waiting = lengths.map((ms, at): DueTask => ({
        ...due(`t${at}`, ms, at === ahead ? deadlineMs : undefined),
        facts: known(ms),
      }))
      const told = assessDeadlines(snapshot(waiting))[0]?.probability ?? NaN
      const isMet = took.reduce((sum, ms) => sum + ms, 0) <= deadlineMs ? 1 : 0
      squares += (told - isMet) ** 2
      met += isMet
      base += told
    }
    expect(squares / runs).toBeLessThan(0.1)
    expect(Math.abs(base - met) / runs).toBeLessThan(0.03)
  })

  test('it never falls with a later deadline, nor rises with more before it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 2000 }),
        (lengths, ms) => {
          const queue = lengths.map((each, at) => due(`t${at}`, each))
          const chance = (deadlineMs: number, ahead: readonly DueTask[]): number =>
            assessDeadlines(snapshot([...ahead, due('own', 100, deadlineMs)]))[0]?.probability ?? NaN
          expect(chance(ms + 100, queue)).toBeGreaterThanOrEqual(chance(ms, queue) - 1e-9)
          expect(chance(ms, [])).toBeGreaterThanOrEqual(chance(ms, queue) - 0.05)
        },
      ),
    )
  })

  test('what was told before corrects what is told now, and little of it changes little', () => {
    const record = Array.from({ length: 90 }, () => ({ probability: 0.95, isMet: false }))
    expect(calibrateProbability([])(0.95)).toBe(0.95)
    expect(calibrateProbability(record)(0.95)).toBeCloseTo(0.095)
    expect(calibrateProbability(record)(0.2)).toBe(0.2)
    expect(calibrateProbability(record.slice(0, 1))(0.95)).toBeGreaterThan(0.8)
  })

  test('tasks that ended in this run correct the lengths of those to come', () => {
    const waiting = [due('own', 100, 150)]
    const slow = Array.from({ length: 40 }, (_, at) => ({ ...due(`e${at}`, 100), tookMs: 200 + at }))
    const [before] = assessDeadlines(snapshot(waiting))
    const [after] = assessDeadlines(snapshot(waiting, { ended: slow }))
    expect(before?.risk).toBe('safe')
    expect(after?.risk).toBe('unlikely')
    expect(after?.expectedEndMs).toBeGreaterThan(180)
  })

  test('groups and the run are assessed, the least sure first, with reasons', () => {
    const a: DueTask = { ...due('a', 100), task: { id: 'a', kind: 'unit', groups: ['g'] } }
    const risks = assessDeadlines(
      snapshot([due('long', 500), a, due('late', 50, 100)], { groups: { g: 1000 }, runDeadlineMs: 5000 }),
    )
    expect(risks.map(({ kind, id, risk }) => [kind, id, risk])).toEqual([
      ['task', 'late', 'unlikely'],
      ['group', 'g', 'safe'],
      ['run', '', 'safe'],
    ])
    expect(risks[0]?.reasons[0]).toMatch(/of work stand before late on 1 slot\./)
  })

  test('a deadline in the past is missed, and said so', () => {
    const [risk] = assessDeadlines(snapshot([due('a', 10, 50)], { nowMs: 100 }))
    expect(risk).toMatchObject({ risk: 'missed', probability: 0 })
    expect(risk?.reasons).toEqual(['The deadline was 50 ms ago, and a is not over.'])
  })

  test.each([
    ['deadline', { waiting: [due('a', 1, NaN)] }],
    ['slots', { slots: 0 }],
    ['nowMs', { nowMs: NaN }],
    ['group', { groups: { g: NaN } }],
    ['the run', { runDeadlineMs: NaN }],
  ])('what is no %s is refused', (words, part) => {
    expect(() => assessDeadlines({ ...snapshot([due('a', 1)]), ...part })).toThrow(words)
  })
})

describe('what can be done', () => {
  test('steps say what they gain and what they cost', () => {
    const optional = due('nightly', 400, undefined, { isOptional: true })
    const running = [{ ...due('soak', 5000, undefined, { isOptional: true }), startedMs: 0 }]
    const steps = mitigateDeadlines(
      snapshot([optional, due('urgent', 300, 600, { parts: 4, fasterBy: 3 })], {
        slots: 2,
        running: [...running, { ...due('x', 400), startedMs: 0 }],
      }),
    )
    expect(new Set(steps.map(({ kind }) => kind))).toEqual(
      new Set(['reorder', 'reserve', 'pre-empt', 'shed', 'split', 'faster-class']),
    )
    for (const { gain, probability } of steps) expect(gain > 0.01 && probability <= 1).toBe(true)
    expect(steps.find(({ kind }) => kind === 'pre-empt')?.costs).toEqual(['soak'])
    expect(steps.filter(({ isOffered }) => !isOffered).map(({ kind }) => kind)).toEqual(['reorder'])
  })

  test('nothing is offered where nothing is wrong', () => {
    expect(mitigateDeadlines(snapshot([due('a', 10, 1000)]))).toEqual([])
  })
})

describe('admission', () => {
  test('says no early, with the deadline that could be promised, and that one is then admitted', () => {
    const state = snapshot([due('before', 1000, 1200)])
    const asked = due('new', 100, 150)
    const answer = admitDeadline(due('new', 300, 1250), state)
    expect(answer.kind).toBe('refused')
    const earliestMs = answer.kind === 'refused' ? answer.earliestMs : undefined
    expect(admitDeadline(due('new', 300, earliestMs), state).kind).toBe('admitted')
    expect(admitDeadline(asked, snapshot([due('before', 1000, 3000)])).kind).toBe('admitted')
  })

  test('refuses what would make another late whose deadline was safe', () => {
    const answer = admitDeadline(due('new', 500, 800), snapshot([due('before', 800, 1100)]))
    expect(answer).toMatchObject({ kind: 'refused' })
    expect(answer.kind === 'refused' ? answer.because : '').toContain('before would be over in time')
  })

  test('a deadline in the past is refused in words, and one that is no time throws', () => {
    expect(admitDeadline(due('new', 5, 50), snapshot([], { nowMs: 100 }))).toMatchObject({
      kind: 'refused',
      because: 'its deadline was 50 ms ago',
    })
    expect(() => admitDeadline(due('new', 5, NaN), snapshot([]))).toThrow('deadline')
  })
})

describe('strategies', () => {
  const tasks = (list: readonly (readonly [string, number, number])[]): readonly TaskDefinition[] =>
    list.map(([id, expectedMs, deadlineMs]) => ({ id, kind: 'unit', expectedMs, deadlineMs }))
  const one = [{ id: 'w', engine: 'none', kinds: ['unit'], capacity: { slots: 1 } }]

  test('the earliest deadline, and the least slack', () => {
    const workload = {
      tasks: tasks([
        ['a', 10, 100],
        ['b', 80, 110],
        ['c', 10, 60],
      ]),
      workers: one,
    }
    expect([...simulateSchedule({ workload, policy: earliestDeadlineFirst() }).startsMs]).toEqual([10, 20, 0])
    expect([...simulateSchedule({ workload, policy: leastSlackFirst() }).startsMs]).toEqual([90, 0, 80])
  })

  test('what is hopeless goes behind what can be met', () => {
    const workload = {
      tasks: tasks([
        ['hopeless', 100, 20],
        ['a', 30, 40],
        ['b', 30, 70],
      ]),
      workers: one,
    }
    const met = (policy: ReturnType<typeof deadlineAware>): number | undefined =>
      scheduleMetrics(workload, simulateSchedule({ workload, policy })).deadlinesMet
    expect(met(earliestDeadlineFirst())).toBe(0)
    expect(met(deadlineAware())).toBeCloseTo(2 / 3)
  })

  test('tasks without a deadline, or with none that is a time, still run', () => {
    const workload = {
      tasks: [
        { id: 'a', kind: 'unit' },
        { id: 'b', kind: 'unit', deadlineMs: 5 },
      ],
      workers: one,
    }
    for (const policy of [deadlineAware(), earliestDeadlineFirst(), leastSlackFirst()])
      expect(simulateSchedule({ workload, policy }).verdicts).toEqual({ passed: 2 })
  })

  test.each([{ hopelessBelow: 2 }, { everyMs: 0 }, { everyMs: NaN }, { assumedMs: -1 }])('%o is refused', (options) => {
    expect(() => deadlineAware(options)).toThrow('OPTIONS_INVALID')
  })

  test('a length of nothing is nothing to be sure of', () => {
    expect(shareWithin({ mu: 0, sigma: 1 }, 0)).toBe(0)
  })
})
