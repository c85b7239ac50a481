// Dice that are hashes: the same for the same, different for what differs, and spread as dice are.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { roll } from './dice.ts'

const anySeed = fc.integer()
const anyTask = fc.nat({ max: 1_000_000 })
const anyAttempt = fc.integer({ min: 1, max: 1000 })

test('a roll is in [0, 1) and the same for the same arguments', () => {
  fc.assert(
    fc.property(anySeed, anyTask, anyAttempt, (seed, task, n) => {
      const first = roll(seed, task, n, 'retry-delay')
      expect(first).toBeGreaterThanOrEqual(0)
      expect(first).toBeLessThan(1)
      expect(roll(seed, task, n, 'retry-delay')).toBe(first)
    }),
  )
})

test('tasks, attempts and seeds next to one another do not roll alike', () => {
  fc.assert(
    fc.property(anySeed, anyTask, anyAttempt, (seed, task, n) => {
      const own = roll(seed, task, n, 'retry-delay')
      const near = [
        roll(seed + 1, task, n, 'retry-delay'),
        roll(seed, task + 1, n, 'retry-delay'),
        roll(seed, task, n + 1, 'retry-delay'),
      ]
      expect(near).not.toContain(own)
    }),
    { numRuns: 1000, seed: 1 },
  )
})

// With 100 boxes the statistic has a mean of 99 and a standard deviation of 14: 160 is passed once in ten thousand.
test.each([
  ['tasks', (i: number) => roll(7, i, 1, 'retry-delay')],
  ['attempts', (i: number) => roll(7, 3, i + 1, 'retry-delay')],
  ['seeds', (i: number) => roll(i, 3, 1, 'retry-delay')],
])('rolls over %s fill all parts of the range alike', (_, rollOf) => {
  const boxes = new Array<number>(100).fill(0)
  const rolls = 20_000
  for (let i = 0; i < rolls; i++) {
    const box = Math.floor(rollOf(i) * 100)
    boxes[box] = (boxes[box] ?? 0) + 1
  }
  const expected = rolls / boxes.length
  const statistic = boxes.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
  expect(statistic).toBeLessThan(160)
})

test('a roll says nothing about the next', () => {
  const rolls = Array.from({ length: 20_000 }, (_, task) => roll(11, task, 1, 'retry-delay') - 0.5)
  const product = rolls.slice(1).reduce((sum, each, i) => sum + each * (rolls[i] ?? 0), 0)
  // Twelve times the mean product is the correlation; its standard deviation here is 0.007.
  expect(Math.abs((12 * product) / rolls.length)).toBeLessThan(0.03)
})
