import { expect, test } from 'vitest'
import { compareRuns, linesOfComparison } from './compare-runs.ts'

const runs = [
  { run: 'a', thenMs: 10_000, makespansMs: { fifo: 10_000, longest: 8_000 }, imputed: 0 },
  { run: 'b', thenMs: 10_000, makespansMs: { fifo: 10_000, longest: 10_000 }, imputed: 0.5 },
]

test('strategies are summed over the runs, the shortest first, and ties count for each', () => {
  const { totals, thenMs, imputed } = compareRuns(runs, ['fifo', 'longest'])
  expect([thenMs, imputed]).toEqual([20_000, 0.25])
  expect(totals).toEqual([
    { strategy: 'longest', totalMs: 18_000, change: 18_000 / 20_000 - 1, longest: 1, shortest: 2 },
    { strategy: 'fifo', totalMs: 20_000, change: 0, longest: 2, shortest: 1 },
  ])
})

test('the lines say what would have been saved, and on what that rests', () => {
  const lines = linesOfComparison(compareRuns(runs, ['fifo', 'longest']), {
    days: 30,
    runs: 2,
    more: 3,
    slots: undefined,
  })
  expect(lines).toEqual([
    '2 runs of the last 30 days, decided anew on the workers that they had:',
    '',
    expect.stringMatching(/^strategy +in all +change +shortest in/),
    expect.stringMatching(/^as they ran +20 s +█{30}$/),
    expect.stringMatching(/^longest +18 s +-10.0 % +2 of 2 +█{27}$/),
    expect.stringMatching(/^fifo +20 s +0.0 % +1 of 2 +█{30}$/),
    '',
    'longest would have saved 2.0 s (10.0 %).',
    '25.0 % of all attempts are not recorded but assumed.',
    '3 older runs left out; --limit takes more.',
  ])
})

test('where nothing would have been faster, that is said', () => {
  const same = compareRuns([{ run: 'a', thenMs: 5, makespansMs: { fifo: 5 }, imputed: 0 }], ['fifo'])
  expect(linesOfComparison(same, { days: 1, runs: 1, more: 0, slots: 4 }).at(-1)).toBe(
    'No strategy would have been faster than what was done.',
  )
})
