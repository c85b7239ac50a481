import type { TaskDefinition } from '@muster/core'
import { buildGraph, requireGraph } from '@muster/core/graph'
import { expect, test } from 'vitest'
import { fifo } from '../strategies/fifo.ts'
import { longestFirst } from '../strategies/longest-first.ts'
import { expectedMakespan } from './expected-makespan.ts'

const workers = [{ id: 'w', engine: 'local', kinds: ['unit'], capacity: { slots: 2 } }]
const unit = (id: string, more: Partial<TaskDefinition> = {}): TaskDefinition => ({ id, kind: 'unit', ...more })
const graphOf = (...tasks: readonly TaskDefinition[]): ReturnType<typeof requireGraph<TaskDefinition>> =>
  requireGraph(buildGraph(tasks))
const fact = (medianMs: number): { duration: { medianMs: number; p10Ms: number; p90Ms: number; samples: number } } => ({
  duration: { medianMs, p10Ms: medianMs, p90Ms: medianMs, samples: 5 },
})

test('the plan says when and where each task would run', () => {
  const graph = graphOf(
    unit('a', { expectedMs: 30 }),
    unit('b', { expectedMs: 20, dependsOn: ['a'] }),
    unit('c', { expectedMs: 10 }),
  )
  expect(expectedMakespan({ graph, policy: fifo(), workers })).toEqual({
    kind: 'estimated',
    makespanMs: 50,
    bound: { ms: 50, by: { kind: 'chain' } },
    tasks: [
      { id: 'a', worker: 'w', startMs: 0, finishMs: 30, isAssumed: false },
      { id: 'b', worker: 'w', startMs: 30, finishMs: 50, isAssumed: false },
      { id: 'c', worker: 'w', startMs: 0, finishMs: 10, isAssumed: false },
    ],
    idle: [],
    assumed: 0,
  })
})

test('without any duration there is no estimate, rather than one of zero', () => {
  expect(expectedMakespan({ graph: graphOf(unit('a'), unit('b')), policy: fifo(), workers })).toEqual({
    kind: 'unknown',
    tasks: 2,
  })
})

test('no tasks take no time', () => {
  expect(expectedMakespan({ graph: graphOf(), policy: fifo(), workers })).toMatchObject({
    kind: 'estimated',
    makespanMs: 0,
  })
})

test('an unknown duration is taken for the median of the known ones, and said to be', () => {
  const facts = { a: fact(10), b: fact(40), c: fact(20) }
  const graph = graphOf(unit('a'), unit('b'), unit('c'), unit('new'))
  const estimate = expectedMakespan({ graph, policy: longestFirst(), workers, facts })
  expect(estimate).toMatchObject({ kind: 'estimated', assumed: 1, makespanMs: 50 })
  expect(estimate.kind === 'estimated' && estimate.tasks[3]).toEqual({
    id: 'new',
    worker: 'w',
    startMs: 0,
    finishMs: 20,
    isAssumed: true,
  })
  expect(expectedMakespan({ graph, policy: longestFirst(), workers, facts, unknownMs: 500 })).toMatchObject({
    makespanMs: 500,
  })
})

test('what would not run is named with its reason', () => {
  const graph = graphOf(
    unit('a', { expectedMs: 5 }),
    unit('off', { expectedMs: 5, skip: 'not today' }),
    unit('gpu', { expectedMs: 5, needs: { resources: { gpu: 1 } } }),
    unit('after', { expectedMs: 5, dependsOn: ['gpu'] }),
  )
  const estimate = expectedMakespan({ graph, policy: fifo(), workers })
  expect(estimate).toMatchObject({
    makespanMs: 5,
    bound: { ms: 5 },
    idle: [
      { id: 'off', verdict: { kind: 'skipped' } },
      { id: 'gpu', verdict: { kind: 'unplaceable' } },
      { id: 'after', verdict: { kind: 'blocked', by: 'gpu' } },
    ],
  })
})

test('work that the workers share makes the bound where chains are short', () => {
  const graph = graphOf(...Array.from({ length: 7 }, (_, i) => unit(`t${i}`, { expectedMs: 10 })))
  expect(expectedMakespan({ graph, policy: fifo(), workers })).toMatchObject({
    makespanMs: 40,
    bound: { ms: 35, by: { kind: 'work', resource: 'slots' } },
  })
})

test('an assumption that is no duration is refused', () => {
  expect(() => expectedMakespan({ graph: graphOf(unit('a')), policy: fifo(), workers, unknownMs: NaN })).toThrow(
    'got NaN',
  )
})
