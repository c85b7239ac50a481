import type { TaskView } from '@muster/core'
import { expect, test } from 'vitest'
import { largestFirst } from './largest-first.ts'

function viewOf(sizeBytes: number | undefined): TaskView {
  const definition = { id: 'a', kind: 'unit', sizeBytes }
  return { handle: 0, definition, facts: undefined, order: 0, criticalPathMs: undefined, attempts: 0 }
}

test('the larger goes before the smaller, the empty last, and what nobody measured before all', () => {
  const sizes = [10, undefined, 0, 3000, 11]
  const key = (sizeBytes: number | undefined): number => Number(largestFirst().key(viewOf(sizeBytes)))
  expect(sizes.map((size) => ({ size })).sort((a, b) => key(a.size) - key(b.size))).toEqual(
    [undefined, 3000, 11, 10, 0].map((size) => ({ size })),
  )
})
