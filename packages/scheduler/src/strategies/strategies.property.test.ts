import type { Policy, TaskView, WorkerView } from '@muster/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { andThen } from '../strategy/and-then.ts'
import { strategyByName, strategyNames } from '../strategy/strategy-by-name.ts'
import { longestFirst } from './longest-first.ts'
import { resourceFit } from './resource-fit.ts'

const durationMs = fc.double({ min: 0, noNaN: true })
const anything = fc.double()

const view: fc.Arbitrary<TaskView> = fc
  .record({
    handle: fc.nat(1e6),
    medianMs: fc.option(fc.oneof(durationMs, anything), { nil: undefined }),
    expectedMs: fc.option(fc.oneof(durationMs, anything), { nil: undefined }),
    criticalPathMs: fc.option(
      durationMs.map((ms) => Math.min(ms, 1e15)),
      { nil: undefined },
    ),
    resources: fc.option(
      fc.dictionary(fc.constantFrom('slots', 'cpu', 'memory', 'gpu', 'licence'), fc.double({ min: 0, noNaN: true })),
      { nil: undefined },
    ),
  })
  .map(({ handle, medianMs, expectedMs, criticalPathMs, resources }) => ({
    handle,
    definition: { id: `t${handle}`, kind: 'unit', expectedMs, needs: { resources } },
    facts: medianMs === undefined ? undefined : { duration: { medianMs, p10Ms: 0, p90Ms: medianMs, samples: 1 } },
    order: handle,
    criticalPathMs,
    attempts: 0,
  }))

const worker: fc.Arbitrary<WorkerView> = fc
  .dictionary(
    fc.constantFrom('slots', 'cpu', 'memory', 'gpu'),
    fc.record({ has: fc.double({ min: 0, max: 1e12, noNaN: true }), used: fc.double({ min: 0, max: 1, noNaN: true }) }),
  )
  .map((resources) => ({
    definition: {
      id: 'w',
      engine: 'local',
      kinds: ['unit'],
      capacity: Object.fromEntries(Object.entries(resources).map(([name, { has }]) => [name, has])),
    },
    free: (name) => (resources[name]?.has ?? 0) * (1 - (resources[name]?.used ?? 0)),
  }))

const policies: readonly Policy[] = [
  ...strategyNames.map(strategyByName),
  resourceFit({ capacity: { cpu: 2, licence: 5 }, then: longestFirst() }),
  andThen(longestFirst(), andThen(resourceFit(), longestFirst())),
]

function keyOf(policy: Policy, task: TaskView): readonly number[] {
  const key = policy.key(task)
  return typeof key === 'number' ? [key] : key
}

describe.each(policies.map((policy) => ({ name: policy.name, policy })))('$name', ({ policy }) => {
  test('gives every task a key of finite numbers, all of one length, and the same one when asked again', () => {
    const width = new Set<number>()
    fc.assert(
      fc.property(view, (task) => {
        const key = keyOf(policy, task)
        width.add(key.length)
        expect(key.every((number) => Number.isFinite(number))).toBe(true)
        expect(keyOf(policy, task)).toEqual(key)
        expect(width.size).toBe(1)
      }),
    )
  })

  test('orders any two tasks: keys can be subtracted', () => {
    fc.assert(
      fc.property(view, view, (a, b) => {
        const [left, right] = [keyOf(policy, a), keyOf(policy, b)]
        for (const [i, number] of left.entries()) expect(number - (right[i] ?? 0)).not.toBeNaN()
      }),
    )
  })

  test('scores every worker from 0 to 100, if at all', () => {
    fc.assert(
      fc.property(view, worker, (task, where) => {
        const score = policy.score?.(task, where) ?? 0
        expect(score).toBeGreaterThanOrEqual(0)
        expect(score).toBeLessThanOrEqual(100)
      }),
    )
  })
})
