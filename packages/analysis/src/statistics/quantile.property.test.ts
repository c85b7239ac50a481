import fc from 'fast-check'
import { expect, test } from 'vitest'
import { median } from './median.ts'
import { quantile } from './quantile.ts'

const finite = fc.double({ noNaN: true, min: -1e12, max: 1e12 })
const sample = fc.array(finite, { minLength: 1, maxLength: 60 })
const share = fc.double({ noNaN: true, min: 0, max: 1 })

/** Type 7 as its paper defines it: the value at position (n - 1) p of the sorted sample, linear in between. */
function bySlowRule(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (sorted.length - 1) * p
  const below = sorted[Math.floor(at)] ?? NaN
  const above = sorted[Math.ceil(at)] ?? NaN
  return below + (at - Math.floor(at)) * (above - below)
}

test('a quantile is what the definition says', () => {
  fc.assert(
    fc.property(sample, share, (values, p) => {
      const scale = Math.max(1, ...values.map(Math.abs))
      expect(Math.abs((quantile(values, p) ?? NaN) - bySlowRule(values, p))).toBeLessThanOrEqual(1e-12 * scale)
    }),
  )
})

test('half of the values lie on each side of the median', () => {
  fc.assert(
    fc.property(sample, (values) => {
      const middle = median(values) ?? NaN
      expect(values.filter((value) => value < middle).length * 2).toBeLessThanOrEqual(values.length)
      expect(values.filter((value) => value > middle).length * 2).toBeLessThanOrEqual(values.length)
    }),
  )
})

test('quantiles stay within the values and never fall as p grows', () => {
  fc.assert(
    fc.property(sample, fc.tuple(share, share), (values, shares) => {
      const [low = 0, high = 0] = shares.toSorted((a, b) => a - b)
      const [from, to] = [quantile(values, low) ?? NaN, quantile(values, high) ?? NaN]
      expect(from).toBeLessThanOrEqual(to)
      expect(from).toBeGreaterThanOrEqual(Math.min(...values))
      expect(to).toBeLessThanOrEqual(Math.max(...values))
    }),
  )
})

test('the order of the values does not matter, and they are left as they were', () => {
  fc.assert(
    fc.property(sample, share, (values, p) => {
      const before = [...values]
      expect(quantile(values.toReversed(), p)).toBe(quantile(values, p))
      expect(values).toEqual(before)
    }),
  )
})
