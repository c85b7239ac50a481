import fc from 'fast-check'
import { expect, test } from 'vitest'
import { positionOf, runKeyOf, seqOf } from './journal-position.ts'

test('a position gives back its run and its row, and rows of a run lie between those of its neighbours', () => {
  const key = fc.integer({ min: 1, max: 2_000_000 })
  const seq = fc.integer({ min: 0, max: 2 ** 32 - 1 })
  fc.assert(
    fc.property(key, seq, (run, row) => {
      const position = positionOf(run, row)
      expect(Number.isSafeInteger(position)).toBe(true)
      expect([runKeyOf(position), seqOf(position)]).toEqual([run, row])
      expect(position).toBeGreaterThanOrEqual(positionOf(run, 0))
      expect(position).toBeLessThan(positionOf(run + 1, 0))
    }),
  )
})
