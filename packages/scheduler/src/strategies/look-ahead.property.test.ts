import type { Policy } from '@muster/core'
import { buildGraph, requireGraph } from '@muster/core/graph'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { expectedMakespan } from '../plan/expected-makespan.ts'
import { anyPlanQuestion } from '../plan/fixtures/any-plan-question.ts'
import type { PlanQuestion } from '../plan/plan-question.ts'
import { criticalPathFirst } from './critical-path-first.ts'
import { fifo } from './fifo.ts'
import { lookAhead } from './look-ahead.ts'
import { resourceCriticalPathFirst } from './resource-critical-path-first.ts'

function makespan(question: PlanQuestion, policy: Policy): number {
  const estimate = expectedMakespan({ ...question, policy })
  return estimate.kind === 'estimated' && estimate.idle.length === 0 ? estimate.makespanMs : NaN
}

function isNeverWorse(strategy: (question: PlanQuestion) => Policy): void {
  fc.assert(
    fc.property(anyPlanQuestion({ workers: 1 }), (question) => {
      expect(makespan(question, strategy(question))).toBeLessThanOrEqual(makespan(question, criticalPathFirst()))
    }),
    { numRuns: 400 },
  )
}

test('looking ahead is never worse than the longest chain first, on a worker that holds what it said', () => {
  isNeverWorse(lookAhead)
})

test('planted fault: following one rule without comparing is sometimes worse', () => {
  expect(() => {
    isNeverWorse(resourceCriticalPathFirst)
  }).toThrow()
})

test('whatever the workers, every task runs and stands where it was rehearsed', () => {
  fc.assert(
    fc.property(anyPlanQuestion({ isUnrelated: true }), (question) => {
      expect(makespan(question, lookAhead(question))).not.toBeNaN()
      expect(makespan(question, resourceCriticalPathFirst(question))).not.toBeNaN()
    }),
  )
})

test('without shared resources the longest chain goes first', () => {
  fc.assert(
    fc.property(anyPlanQuestion({ workers: 1, leastMs: 1 }), ({ graph }) => {
      const free = requireGraph(
        buildGraph(
          [...graph.tasks()].map(({ id, kind, expectedMs, dependsOn }) => ({
            id,
            kind,
            expectedMs,
            dependsOn: dependsOn?.filter((on) => on !== 'g'),
          })),
        ),
      )
      const workers = [{ id: 'w', engine: 'e', kinds: ['unit'], capacity: { slots: 100 } }]
      const question = { graph: free, workers }
      const rule = resourceCriticalPathFirst(question)
      const view = { facts: undefined, order: 0, attempts: 0, criticalPathMs: undefined }
      const keys = [...free.tasks()].map((definition, handle) => rule.key({ ...view, handle, definition }))
      const chain = requireGraph(buildGraph([...free.tasks()]))
      expect(makespan(question, rule)).toBe(makespan({ graph: chain, workers }, fifo()))
      expect(keys.every((key) => Number.isFinite(key))).toBe(true)
    }),
  )
})
