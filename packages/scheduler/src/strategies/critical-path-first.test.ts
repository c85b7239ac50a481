import { buildGraph, requireGraph } from '@muster/core/graph'
import { expect, test } from 'vitest'
import { expectedMakespan } from '../plan/expected-makespan.ts'
import { criticalPathFirst } from './critical-path-first.ts'
import { fifo } from './fifo.ts'
import { longestFirst } from './longest-first.ts'

const workers = [{ id: 'w', engine: 'local', kinds: ['unit'], capacity: { slots: 2 } }]

/** Six tasks that nothing waits for, and behind them in the order of definition a chain of four shorter ones. */
const graph = requireGraph(
  buildGraph([
    ...Array.from({ length: 6 }, (_, i) => ({ id: `alone-${i}`, kind: 'unit', expectedMs: 10 })),
    ...Array.from({ length: 4 }, (_, i) => ({
      id: `chain-${i}`,
      kind: 'unit',
      expectedMs: 9,
      dependsOn: i === 0 ? [] : [`chain-${i - 1}`],
    })),
  ]),
)

test('a chain that starts first is not waited for at the end', () => {
  const makespan = (policy: ReturnType<typeof fifo>): number => {
    const estimate = expectedMakespan({ graph, policy, workers })
    return estimate.kind === 'estimated' ? estimate.makespanMs : NaN
  }
  expect(makespan(fifo())).toBe(66)
  expect(makespan(longestFirst())).toBe(66)
  expect(makespan(criticalPathFirst())).toBe(49)
})

test('a task added later counts by its own duration, and an unknown one before all', () => {
  const view = { handle: 0, order: 0, facts: undefined, criticalPathMs: undefined, attempts: 0 }
  const policy = criticalPathFirst()
  expect(policy.key({ ...view, definition: { id: 'a', kind: 'unit', expectedMs: 40 } })).toBe(-40)
  expect(policy.key({ ...view, definition: { id: 'a', kind: 'unit' } })).toBeLessThan(-1e300)
})
