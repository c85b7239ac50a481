import type { TaskDefinition, WorkerDefinition } from '@muster/core'
import { expect, test } from 'vitest'
import { createPolicy } from '../pipeline/create-policy.ts'
import { type Decision } from '../pipeline/decision.ts'
import { simulateSchedule } from '../simulate/simulate-schedule.ts'
import { fifo } from '../strategies/fifo.ts'
import { backfill } from './backfill.ts'
import { durationBound } from './duration-bound.ts'
import { patientBackfill } from './patient-backfill.ts'

const worker: WorkerDefinition = { id: 'w', engine: 'none', kinds: ['job'], capacity: { slots: 4 } }
const job = (id: string, slots: number, expectedMs: number): TaskDefinition => ({
  id,
  kind: 'job',
  expectedMs,
  needs: { resources: { slots } },
})
const tasks = [job('runs', 3, 100), job('whole', 4, 50), job('short', 1, 90), job('long', 1, 150)]

test('what ends before the place that is kept goes first, and what would run into it waits', () => {
  const decisions: Decision[] = []
  const policy = createPolicy(fifo(), [backfill()], { onDecision: (decision) => decisions.push(decision) })
  expect([...simulateSchedule({ workload: { tasks, workers: [worker] }, policy }).startsMs]).toEqual([0, 100, 0, 150])
  expect([...simulateSchedule({ workload: { tasks, workers: [worker] }, policy: fifo() }).startsMs]).toEqual([
    0, 240, 0, 90,
  ])
  expect(decisions.map(({ task }) => task)).toEqual(['runs', 'short', 'whole', 'long'])
})

test('what leaves enough beside the place that is kept goes, however long it takes', () => {
  const beside = [job('runs', 3, 100), job('three', 3, 50), job('long', 1, 500)]
  const { startsMs } = simulateSchedule({
    workload: { tasks: beside, workers: [worker] },
    policy: createPolicy(fifo(), [backfill()]),
  })
  expect([...startsMs]).toEqual([0, 100, 0])
})

test('who outlives his bound moves the promise, and nobody is lost', () => {
  const { startsMs, verdicts } = simulateSchedule({
    workload: { tasks, workers: [worker], durationMs: ({ id }) => (id === 'runs' ? 1000 : 40) },
    policy: createPolicy(fifo(), [backfill()]),
  })
  expect(verdicts).toEqual({ passed: 4 })
  expect(startsMs[1]).toBe(1000)
})

test('a policy that was used begins a new run with nothing kept', () => {
  const policy = patientBackfill()
  const once = simulateSchedule({ workload: { tasks, workers: [worker] }, policy })
  expect(simulateSchedule({ workload: { tasks, workers: [worker] }, policy }).startsMs).toEqual(once.startsMs)
})

test('a bound is the ninetieth percentile, never more than the time limit', () => {
  const facts = { duration: { medianMs: 10, p10Ms: 8, p90Ms: 30, samples: 9 } }
  expect(durationBound(job('a', 1, 5), facts, 60)).toEqual({ ms: 30, from: 'history' })
  expect(durationBound({ ...job('a', 1, 5), timeoutMs: 20 }, facts, 60)).toEqual({ ms: 20, from: 'history' })
  expect(durationBound(job('a', 1, 5), undefined, 60)).toEqual({ ms: 5, from: 'author' })
  expect(durationBound({ id: 'a', kind: 'job', timeoutMs: 7 }, undefined, 60)).toEqual({ ms: 7, from: 'limit' })
  expect(durationBound({ id: 'a', kind: 'job', expectedMs: NaN }, undefined, 60)).toEqual({ ms: 60, from: 'assumed' })
})

test.each([0, -1, 1.5, NaN])('%d promises are refused', (promises) => {
  expect(() => backfill({ promises })).toThrow('`promises`')
})
