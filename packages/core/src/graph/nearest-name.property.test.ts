// Laws of names: the distance is the textbook's, and what is suggested is the nearest.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { editDistance, nearestName } from './nearest-name.ts'

const anyName = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 7 })

function naiveDistance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => Array.from({ length: b.length + 1 }, (_, j) => i + j))
  const at = (i: number, j: number): number => rows[i]?.[j] ?? Infinity
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++) {
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const row = rows[i]
      if (row === undefined) continue
      row[j] = Math.min(
        at(i - 1, j) + 1,
        at(i, j - 1) + 1,
        at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1),
        isSwap ? at(i - 2, j - 2) + 1 : Infinity,
      )
    }
  return at(a.length, b.length)
}

test('the distance is exact up to its limit, and above it where it is above', () => {
  fc.assert(
    fc.property(anyName, anyName, fc.nat(8), (a, b, limit) => {
      const exact = naiveDistance(a, b)
      const distance = editDistance(a, b, limit)
      if (exact <= limit) expect(distance).toBe(exact)
      else expect(distance).toBeGreaterThan(limit)
    }),
  )
})

test('the nearest name is the first of those with the least distance, if one is near enough', () => {
  fc.assert(
    fc.property(anyName, fc.array(anyName, { maxLength: 8 }), (name, names) => {
      const others = names.filter((other) => other !== name)
      const least = Math.min(...others.map((other) => naiveDistance(name, other)))
      const isNear = least <= Math.floor(name.length / 3)
      expect(nearestName(name, names)).toBe(
        isNear ? others.find((other) => naiveDistance(name, other) === least) : undefined,
      )
    }),
  )
})

test('past the budget nothing more is looked at', () => {
  const budget = { left: 3 }
  expect(nearestName('name1', ['other', 'others', 'more', 'name2'], budget)).toBeUndefined()
  expect(nearestName('name1', ['other', 'others', 'more', 'name2'])).toBe('name2')
})
