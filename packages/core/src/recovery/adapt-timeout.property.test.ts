import fc from 'fast-check'
import { expect, test } from 'vitest'
import { adaptTimeout } from './adapt-timeout.ts'

const durations = fc.array(fc.integer({ min: 1, max: 600_000 }), { minLength: 1, maxLength: 64 })

/** Runs attempts of these durations under the limit again and again, and gives back where the limit settles. */
function settle(takes: readonly number[], startMs: number, adapt: typeof adaptTimeout): number {
  let currentMs = startMs
  for (let round = 0; round < 60; round += 1) {
    const passedMs = takes.filter((ms) => ms <= currentMs)
    const timedOutMs = takes.filter((ms) => ms > currentMs).map(() => currentMs)
    currentMs = adapt({ passedMs, timedOutMs }, { currentMs }).timeoutMs
  }
  return currentMs
}

function settlesFromBothSides(adapt: typeof adaptTimeout): void {
  fc.assert(
    fc.property(fc.integer({ min: 2000, max: 300_000 }), (longest) => {
      const takes = Array.from({ length: 40 }, (_, i) => (longest * (i + 1)) / 40)
      for (const startMs of [longest / 2, longest * 10]) {
        const limit = settle(takes, startMs, adapt)
        // Nothing is cut off, and nothing hangs for much longer than it could take.
        expect(limit).toBeGreaterThanOrEqual(longest)
        expect(limit).toBeLessThanOrEqual(Math.max(1000, longest * 4))
      }
    }),
    { numRuns: 50 },
  )
}

test('a limit settles above what attempts take and not far above, from whichever side it comes', () => {
  settlesFromBothSides(adaptTimeout)
})

test('a limit stays within its bounds and never goes down when attempts run into it', () => {
  fc.assert(
    fc.property(durations, fc.array(fc.constant(5000)), (passedMs, timedOutMs) => {
      const { timeoutMs } = adaptTimeout({ passedMs, timedOutMs }, { currentMs: 5000, leastMs: 2000, mostMs: 9000 })
      expect(timeoutMs).toBeGreaterThanOrEqual(timedOutMs.length > 0 ? 5000 : 2000)
      expect(timeoutMs).toBeLessThanOrEqual(9000)
    }),
  )
})

test('what always hangs is given no more time', () => {
  expect(adaptTimeout({ passedMs: [], timedOutMs: [5000, 5000] }, { currentMs: 5000 }).timeoutMs).toBe(5000)
})

test('few attempts prove nothing', () => {
  expect(adaptTimeout({ passedMs: [1, 2, 3], timedOutMs: [] }, { currentMs: 5000 }).because).toBe('too-little-known')
})

test.each<readonly [string, typeof adaptTimeout]>([
  [
    'it never goes down',
    (evidence, options) => {
      const adapted = adaptTimeout(evidence, options)
      return adapted.timeoutMs < options.currentMs ? { timeoutMs: options.currentMs, because: 'kept' } : adapted
    },
  ],
  [
    'it never goes up',
    (evidence, options) => {
      const adapted = adaptTimeout(evidence, options)
      return adapted.timeoutMs > options.currentMs ? { timeoutMs: options.currentMs, because: 'kept' } : adapted
    },
  ],
  [
    'attempts that were cut off are forgotten',
    (evidence, options) => adaptTimeout({ ...evidence, timedOutMs: [] }, { ...options, margin: 1 }),
  ],
])('planted fault: %s', (_, adapt) => {
  expect(() => {
    settlesFromBothSides(adapt)
  }).toThrow()
})
