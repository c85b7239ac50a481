import fc from 'fast-check'
import { expect, test } from 'vitest'
import { durationFact } from './duration-fact.ts'

const durations = fc.array(fc.double({ noNaN: true, min: 0, max: 1e9 }), { minLength: 1, maxLength: 40 })

test('the spread holds the median, and all of it lies within what was seen', () => {
  fc.assert(
    fc.property(durations, (samples) => {
      const fact = durationFact(samples)
      expect(fact?.samples).toBe(samples.length)
      const seen = [Math.min(...samples), fact?.p10Ms, fact?.medianMs, fact?.p90Ms, Math.max(...samples)]
      expect(seen).toEqual(seen.toSorted((a, b) => (a ?? NaN) - (b ?? NaN)))
    }),
  )
})

test('fewer outliers than half, however large, leave the median among the others', () => {
  fc.assert(
    fc.property(durations, fc.nat(40), (samples, wanted) => {
      const outliers = Array.from({ length: Math.min(wanted, samples.length - 1) }, (_, i) => 1e12 + i)
      const medianMs = durationFact([...samples, ...outliers])?.medianMs
      expect(medianMs).toBeLessThanOrEqual(Math.max(...samples))
    }),
  )
})

test('nothing seen is nothing known', () => {
  expect(durationFact([])).toBeUndefined()
})
