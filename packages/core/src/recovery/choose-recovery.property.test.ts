import fc from 'fast-check'
import { expect, test } from 'vitest'
import { builtInStrategies } from './built-in-strategies.ts'
import { chooseRecovery, type RecoveryQuestion } from './choose-recovery.ts'
import { makeLadder } from './make-ladder.ts'
import { foldRecovery, type RecoveryRecord, type RecoverySample, situationKey } from './recovery-record.ts'
import { defineRecoveryStrategy, type RecoveryStrategy } from './recovery-strategy.ts'
import type { RecoveryLevel } from './recovery-words.ts'
import type { Roll } from './sample-beta.ts'

const at = { category: 'network', workerClass: 'local', runner: 'vitest' } as const

/** Dice that can be thrown again (Mulberry32, T. Ettinger). */
function dice(seed: number): Roll {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

const levels: readonly RecoveryLevel[] = [1, 2, 3, 4, 5]
const strategies: readonly RecoveryStrategy[] = levels.map((level) =>
  defineRecoveryStrategy({ name: `s${level}`, level, does: 'something', effect: { kind: 'retry' } }),
)

function known(samples: Readonly<Record<string, readonly RecoverySample[]>>): ReadonlyMap<string, RecoveryRecord> {
  const records = new Map<string, RecoveryRecord>()
  for (const [strategy, all] of Object.entries(samples)) {
    const situation = { ...at, strategy }
    for (const each of all)
      records.set(situationKey(situation), foldRecovery(records.get(situationKey(situation)), situation, each))
  }
  return records
}

const uses = (n: number, helped: 0 | 1, ms = 100, atWallMs = 0): readonly RecoverySample[] =>
  Array.from({ length: n }, () => [atWallMs, helped, ms, 0] as const)

function question(more: Partial<RecoveryQuestion> = {}): RecoveryQuestion {
  return { ...at, tried: [], strategies, records: new Map(), nowWallMs: 0, roll: dice(1), ...more }
}

type Choose = typeof chooseRecovery

/** How often each strategy is chosen. */
function tally(choose: Choose, more: Partial<RecoveryQuestion>, times = 400): ReadonlyMap<string, number> {
  const roll = dice(7)
  const counts = new Map<string, number>()
  for (let i = 0; i < times; i += 1) {
    const choice = choose(question({ ...more, roll }))
    const name = choice.kind === 'recover' ? choice.strategy.name : choice.because
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return counts
}

function nothingKnownIsLeastDisturbing(choose: Choose): void {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      expect(choose(question({ roll: dice(seed) }))).toMatchObject({
        because: 'least-disturbing',
        strategy: { name: 's1' },
      })
    }),
  )
}

function theBestIsUsedMost(choose: Choose): void {
  fc.assert(
    fc.property(fc.nat(4), (best) => {
      const records = known(
        Object.fromEntries(strategies.map(({ name }, i) => [name, [...uses(20, i === best ? 1 : 0), ...uses(4, 1)]])),
      )
      expect(tally(choose, { records }).get(`s${best + 1}`)).toBeGreaterThan(360)
    }),
    { numRuns: 10 },
  )
}

function exploringIsRationed(choose: Choose): void {
  // Two that are almost alike: drawing alone would use both half the time.
  const records = known({ s1: [...uses(15, 1), ...uses(15, 0)], s2: [...uses(14, 1), ...uses(16, 0)] })
  const counts = tally(choose, { records, strategies: strategies.slice(0, 2) })
  expect(counts.get('s2') ?? 0).toBeLessThan(400 * 0.25)
  expect(counts.get('s2') ?? 0).toBeGreaterThan(0)
}

function whatNeverHelpsIsRetired(choose: Choose): void {
  const records = known({ s1: uses(40, 0), s2: uses(20, 1) })
  expect([...tally(choose, { records, strategies: strategies.slice(0, 2) }).keys()]).toEqual(['s2'])
  expect(choose(question({ records: known({ s1: uses(40, 0) }), strategies: strategies.slice(0, 1) }))).toEqual({
    kind: 'give-up',
    because: 'all-retired',
  })
}

function levelsAreClimbed(choose: Choose): void {
  const level = (tried: readonly string[], records: RecoveryQuestion['records'] = new Map()): number => {
    const counts = tally(choose, { tried, records })
    return Math.max(...[...counts.keys()].map((name) => Number(name.slice(1))))
  }
  expect(level([])).toBe(1)
  expect(level(['s1'], known({ s1: uses(1, 0) }))).toBe(2)
  expect(level(['s1', 's2'], known({ s1: uses(1, 0), s2: uses(1, 0) }))).toBe(3)
  // A lower level that helps again is come down to.
  const records = known({ s1: uses(20, 1), s2: uses(20, 1, 1000), s3: uses(20, 1, 1000) })
  expect(tally(choose, { records }).get('s1')).toBeGreaterThan(300)
}

const laws: readonly (readonly [string, (choose: Choose) => void])[] = [
  ['where nothing is known, what disturbs least is used', nothingKnownIsLeastDisturbing],
  ['what helps most and quickest is used most, on whatever level', theBestIsUsedMost],
  ['looking for better is rationed, and never stops', exploringIsRationed],
  ['what never helps is retired', whatNeverHelpsIsRetired],
  ['levels are climbed one at a time, and come down', levelsAreClimbed],
]

test.each(laws)('%s', (_, law) => {
  law(chooseRecovery)
})

const always =
  (name: string): Choose =>
  (asked) => {
    const strategy = asked.strategies.find((each) => each.name === name) ?? asked.strategies[0]
    return strategy === undefined
      ? { kind: 'give-up', because: 'nothing-fits' }
      : { kind: 'recover', strategy, because: 'best-known', expected: 1, expectedMs: 1, level: strategy.level }
  }

test.each<readonly [string, number, Choose]>([
  ['always the highest level', 0, always('s5')],
  ['always the lowest level', 1, always('s1')],
  ['only what is known best', 2, (asked) => chooseRecovery({ ...asked, roll: () => 0.999 })],
  ['any of them', 2, (asked) => always(`s${1 + Math.floor(asked.roll() * 2)}`)(asked)],
  [
    'failures are forgotten',
    3,
    (asked) =>
      chooseRecovery({ ...asked, records: new Map([...asked.records].filter(([, { helped }]) => helped > 0)) }),
  ],
  ['what was tried is forgotten', 4, (asked) => chooseRecovery({ ...asked, tried: [] })],
])('planted fault: %s', (_, law, choose) => {
  expect(() => {
    laws[law]?.[1](choose)
  }).toThrow()
})

test('what has never helped is never called the best', () => {
  const counts = fc.array(fc.nat(29), { minLength: 5, maxLength: 5 })
  fc.assert(
    fc.property(counts, fc.nat(), (times, seed) => {
      const records = known(Object.fromEntries(strategies.map(({ name }, i) => [name, uses(times[i] ?? 0, 0)])))
      const choice = chooseRecovery(question({ records, roll: dice(seed) }))
      expect(choice.kind === 'recover' && choice.because).not.toBe('best-known')
    }),
  )
})

test('a strategy that never helped is retired by its tenth use, also when that was a moment ago', () => {
  const some = strategies.slice(0, 2)
  const day = 24 * 3600 * 1000
  const asked = (failed: number): ReadonlyMap<string, number> =>
    tally(chooseRecovery, {
      records: known({ s1: uses(failed, 0, 100, 0), s2: uses(20, 1, 250, 0) }),
      strategies: some,
      nowWallMs: day / 24,
    })
  expect(asked(10).has('s1')).toBe(false)
})

test('a ladder never comes back to what was tried, whatever is known', () => {
  const names = strategies.map(({ name }) => name)
  fc.assert(
    fc.property(fc.subarray(names), fc.subarray(names), fc.nat(), (helped, failed, seed) => {
      const samplesOf = (name: string): readonly RecoverySample[] => [
        ...(helped.includes(name) ? uses(12, 1) : []),
        ...(failed.includes(name) ? uses(5, 0) : []),
      ]
      const samples = names.map((name) => [name, samplesOf(name)] as const)
      const { tried: _, ...asked } = question({ records: known(Object.fromEntries(samples)), roll: dice(seed) })
      const rungs = makeLadder(asked).map(({ strategy }) => strategy)
      expect(new Set(rungs).size).toBe(rungs.length)
    }),
  )
})

test('what was retired is tried again once its failures have faded', () => {
  const records = known({ s1: uses(40, 0), s2: uses(20, 1) })
  const year = 365 * 24 * 3600 * 1000
  expect(tally(chooseRecovery, { records, nowWallMs: year, strategies: strategies.slice(0, 2) }).has('s1')).toBe(true)
})

test('the same dice give the same choice, whatever they show', () => {
  const roll = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(roll, fc.constantFrom(...builtInStrategies.map(({ name }) => name)), (rolls, tried) => {
      const choose = (): unknown => {
        let next = 0
        return chooseRecovery(
          question({
            strategies: builtInStrategies,
            tried: [tried],
            records: known({ retry: uses(20, 0), delay: uses(5, 1) }),
            roll: () => rolls[next++ % rolls.length] ?? 0,
          }),
        )
      }
      expect(choose()).toEqual(choose())
    }),
  )
})

test('where no strategy fits a category there is nothing to choose', () => {
  const only = [
    defineRecoveryStrategy({
      name: 'gpu',
      level: 2,
      does: 'x',
      effect: { kind: 'retry' },
      categories: ['hardware-device'],
    }),
  ]
  expect(chooseRecovery(question({ strategies: only }))).toEqual({ kind: 'give-up', because: 'nothing-fits' })
})

test.each([
  [{ name: 'Über' }, 'a name of small letters'],
  [{ expected: 2 }, '`expected` from 0 to 1'],
  [{ costMs: NaN }, '`costMs` from 0 up'],
  [{ effect: { kind: 'retry', delayMs: -1 } as const }, '`delayMs` from 0 up'],
])('a strategy that makes no sense is refused: %j', (fault, expected) => {
  expect(() => defineRecoveryStrategy({ name: 'x', level: 1, does: 'x', effect: { kind: 'retry' }, ...fault })).toThrow(
    expected,
  )
})
