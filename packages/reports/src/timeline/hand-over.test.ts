// Attempts that a worker takes ahead wait for a slot, and are no work until then.
import { expect, test } from 'vitest'
import { handOver, type Launched } from './hand-over.ts'
import { timelineOf } from './timeline-of.ts'
import { workerUse } from './worker-use.ts'

const attempt = (launchedAtMs: number, startedAtMs: number | undefined, closedAtMs: number): Launched => ({
  worker: 0,
  launchedAtMs,
  startedAtMs,
  closedAtMs,
})

test('what is launched ahead is handed over when a slot is free, in the order of the launches', () => {
  const launched = [attempt(0, 1, 50), attempt(0, 2, 80), attempt(5, 52, 70), attempt(6, 71, 90)]
  expect(handOver(launched, [2])).toEqual([0, 0, 50, 70])
})

test('what a worker was given at one moment is handed over in the order in which it began', () => {
  const inTime = timelineOf({
    durationMs: 100,
    workers: [{ id: 'w', slots: 2 }],
    tasks: [
      [60, 80],
      [1, 50],
      [2, 60],
      [50, 90],
    ].map(([startedAtMs = 0, closedAtMs = 0], at) => ({
      id: String(at),
      kind: 'x',
      attempts: [
        {
          n: 1,
          worker: 'w',
          launchedAtMs: 0,
          startedAtMs,
          closedAtMs,
          ending: { kind: 'ended' as const, outcome: { result: 'passed' as const, durationMs: 1 } },
        },
      ],
    })),
  })
  expect(inTime.workers[0]?.lanes).toBe(2)
  expect(workerUse(inTime)[0]?.peak).toBe(2)
})

test('what begins beside others needs less than a slot, and is taken at its word', () => {
  expect(handOver([attempt(0, 1, 50), attempt(0, 1, 50)], [1])).toEqual([0, 1])
})

test('what is given back before there was a slot for it never took one', () => {
  const launched = [attempt(0, 1, 50), attempt(5, undefined, 20), attempt(6, 51, 60)]
  expect(handOver(launched, [1])).toEqual([0, 20, 50])
})

test('where nobody says how many slots there are, each attempt has one at once', () => {
  expect(handOver([attempt(0, 1, 50), attempt(3, 60, 70)], [undefined])).toEqual([0, 3])
})
