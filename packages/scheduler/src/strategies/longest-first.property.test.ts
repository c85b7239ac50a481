import type { Policy, TaskView } from '@muster/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { longestFirst } from './longest-first.ts'

function viewOf(durationMs: number | undefined, handle: number): TaskView {
  const facts =
    durationMs === undefined
      ? undefined
      : { duration: { medianMs: durationMs, p10Ms: durationMs, p90Ms: durationMs, samples: 1 } }
  const definition = { id: `t${handle}`, kind: 'unit' }
  return { handle, definition, facts, order: handle, criticalPathMs: undefined, attempts: 0 }
}

/** Independent of any scheduler of ours: whoever is free takes the first by key. */
function listSchedule(durations: readonly number[], machines: number, policy: Policy): number {
  const loads = Array.from({ length: machines }, () => 0)
  const order = durations
    .map((durationMs, handle) => ({ durationMs, handle, key: Number(policy.key(viewOf(durationMs, handle))) }))
    .sort((a, b) => a.key - b.key || a.handle - b.handle)
  for (const { durationMs } of order) {
    const least = loads.indexOf(Math.min(...loads))
    loads[least] = (loads[least] ?? 0) + durationMs
  }
  return Math.max(...loads)
}

/** Every assignment there is. */
function shortestPossible(durations: readonly number[], machines: number): number {
  let best = Infinity
  const loads = Array.from({ length: machines }, () => 0)
  const assign = (at: number): void => {
    const worst = Math.max(...loads)
    if (worst >= best) return
    const durationMs = durations[at]
    if (durationMs === undefined) {
      best = worst
      return
    }
    for (let machine = 0; machine < machines; machine++) {
      // Equal machines are the same choice.
      if (loads.indexOf(loads[machine] ?? 0) < machine) continue
      loads[machine] = (loads[machine] ?? 0) + durationMs
      assign(at + 1)
      loads[machine] = (loads[machine] ?? 0) - durationMs
    }
  }
  assign(0)
  return best
}

function grahamHolds(policy: Policy): void {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 9 }),
      fc.integer({ min: 1, max: 3 }),
      (durations, machines) => {
        const bound = (4 / 3 - 1 / (3 * machines)) * shortestPossible(durations, machines)
        expect(listSchedule(durations, machines, policy)).toBeLessThanOrEqual(bound + 1e-9)
      },
    ),
    { numRuns: 500 },
  )
}

test('with true durations a run takes at most 4/3 - 1/(3m) of the shortest possible', () => {
  grahamHolds(longestFirst())
})

test('the bound is met where Graham says it is', () => {
  expect(listSchedule([5, 5, 4, 4, 3, 3, 3], 3, longestFirst())).toBe(11)
  expect(shortestPossible([5, 5, 4, 4, 3, 3, 3], 3)).toBe(9)
})

test('planted fault: shortest first breaks the bound', () => {
  const shortestFirst: Policy = { name: 'shortest-first', key: (task) => task.facts?.duration?.medianMs ?? 0 }
  expect(() => {
    grahamHolds(shortestFirst)
  }).toThrow()
})

test('planted fault: the order of definition breaks the bound', () => {
  expect(() => {
    grahamHolds({ name: 'fifo', key: (task) => task.order })
  }).toThrow()
})

test('the longer goes before the shorter, and the unknown before both', () => {
  const key = (durationMs: number | undefined): number => Number(longestFirst().key(viewOf(durationMs, 0)))
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1e15, noNaN: true }),
      fc.double({ min: 0, max: 1e15, noNaN: true }),
      (a, b) => {
        expect(Math.sign(key(a) - key(b))).toBe(Math.sign(b - a))
        expect(key(undefined)).toBeLessThan(key(a))
      },
    ),
  )
})

test('history knows better than the author, and the author better than nobody', () => {
  const { definition } = viewOf(undefined, 0)
  const told = { ...viewOf(undefined, 0), definition: { ...definition, expectedMs: 50 } }
  expect(longestFirst().key(told)).toBe(-50)
  expect(longestFirst().key({ ...told, facts: viewOf(9, 0).facts })).toBe(-9)
})
