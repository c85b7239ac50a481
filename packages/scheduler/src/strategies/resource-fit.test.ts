import type { Policy, WorkerDefinition, WorkerView } from '@muster/core'
import { buildGraph, requireGraph } from '@muster/core/graph'
import { expect, test } from 'vitest'
import { expectedMakespan } from '../plan/expected-makespan.ts'
import { fifo } from './fifo.ts'
import { longestFirst } from './longest-first.ts'
import { resourceFit } from './resource-fit.ts'

const host = (id: string, capacity: Readonly<Record<string, number>>): WorkerDefinition => ({
  id,
  engine: 'local',
  kinds: ['unit'],
  capacity: { slots: 100, ...capacity },
})

const task = (
  id: string,
  cpu: number,
  expectedMs = 10,
): { id: string; kind: string; expectedMs: number; needs: object } => ({
  id,
  kind: 'unit',
  expectedMs,
  needs: { resources: { cpu } },
})

function makespan(
  policy: Policy,
  tasks: readonly ReturnType<typeof task>[],
  workers: readonly WorkerDefinition[],
): number {
  const estimate = expectedMakespan({ graph: requireGraph(buildGraph(tasks)), policy, workers })
  return estimate.kind === 'estimated' ? estimate.makespanMs : NaN
}

const idle = ({ definition }: { readonly definition: WorkerDefinition }): WorkerView => ({
  definition,
  free: (name) => definition.capacity[name] ?? 0,
})

test('large tasks are not left with fragments of every worker', () => {
  const workers = [host('a', { cpu: 4 }), host('b', { cpu: 4 })]
  const tasks = [task('s1', 1), task('s2', 1), task('l1', 3), task('l2', 3)]
  // In the order of definition both small ones go to the first worker, and only one of the large ones finds room.
  expect(makespan(fifo(), tasks, workers)).toBe(20)
  expect(makespan(resourceFit(), tasks, workers)).toBe(10)
})

test('best fit keeps the empty worker whole for what only it can hold', () => {
  const workers = [host('wide', { cpu: 8 }), host('narrow', { cpu: 2 })]
  const tasks = [task('small', 2), task('large', 8)]
  expect(makespan(fifo(), tasks, workers)).toBe(20)
  expect(makespan(resourceFit(), tasks, workers)).toBe(10)
})

test('a task that needs no gpu goes where there is none', () => {
  const policy = resourceFit()
  const definition = { id: 'a', kind: 'unit', needs: { resources: { cpu: 1 } } }
  const view = { handle: 0, definition, facts: undefined, order: 0, criticalPathMs: undefined, attempts: 0 }
  const plain = policy.score?.(view, idle({ definition: host('plain', { cpu: 4 }) })) ?? NaN
  const rich = policy.score?.(view, idle({ definition: host('rich', { cpu: 4, gpu: 1 }) })) ?? NaN
  expect(plain).toBeGreaterThan(rich)
})

test('tasks of one size go by the next strategy', () => {
  const workers = [host('a', { cpu: 2 })]
  const tasks = [task('short', 1, 1), task('middle', 1, 5), task('long', 1, 6)]
  expect(makespan(resourceFit(), tasks, workers)).toBe(7)
  expect(makespan(resourceFit({ then: longestFirst() }), tasks, workers)).toBe(6)
})

test('what no worker has is not a capacity', () => {
  expect(() => resourceFit({ capacity: { gpu: 0 } })).toThrow('capacity.gpu to be a positive number, got 0')
  expect(() => resourceFit({ capacity: { cpu: NaN } })).toThrow('got NaN')
})
