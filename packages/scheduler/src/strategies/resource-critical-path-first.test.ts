import { buildGraph, requireGraph } from '@muster/core/graph'
import { expect, test } from 'vitest'
import { expectedMakespan } from '../plan/expected-makespan.ts'
import { criticalPathFirst } from './critical-path-first.ts'
import { lookAhead } from './look-ahead.ts'
import { resourceCriticalPathFirst } from './resource-critical-path-first.ts'

const workers = [{ id: 'w', engine: 'local', kinds: ['unit'], capacity: { slots: 2, device: 1 } }]

/** Behind `flash` lie four tasks that want the only device one after another; behind `docs` lies a chain that looks longer. */
const graph = requireGraph(
  buildGraph([
    { id: 'docs', kind: 'unit', expectedMs: 10 },
    { id: 'pages', kind: 'unit', expectedMs: 12, dependsOn: ['docs'] },
    { id: 'lint', kind: 'unit', expectedMs: 22 },
    { id: 'flash', kind: 'unit', expectedMs: 10 },
    ...Array.from({ length: 4 }, (_, i) => ({
      id: `device-${i}`,
      kind: 'unit',
      expectedMs: 10,
      dependsOn: ['flash'],
      needs: { resources: { device: 1 } },
    })),
  ]),
)
const makespan = (policy: ReturnType<typeof criticalPathFirst>): number => {
  const estimate = expectedMakespan({ graph, policy, workers })
  return estimate.kind === 'estimated' ? estimate.makespanMs : NaN
}

test('what many wait for that share a device comes before a chain that only looks longer', () => {
  expect(makespan(criticalPathFirst())).toBe(62)
  expect(makespan(resourceCriticalPathFirst({ graph, workers }))).toBe(50)
  expect(makespan(lookAhead({ graph, workers }))).toBe(50)
})

test('a task added later counts by its own duration, and an unknown one before all', () => {
  const view = { handle: 99, order: 0, facts: undefined, criticalPathMs: undefined, attempts: 0 }
  for (const policy of [resourceCriticalPathFirst({ graph, workers }), lookAhead({ graph, workers })]) {
    expect(policy.key({ ...view, definition: { id: 'new', kind: 'unit', expectedMs: 40 } })).toBe(-40)
    expect(policy.key({ ...view, definition: { id: 'new', kind: 'unit' } })).toBeLessThan(-1e300)
  }
})

test('a duration that is none is refused by name', () => {
  expect(() => lookAhead({ graph, workers, durationMs: () => -1 })).toThrow('"docs"')
})
