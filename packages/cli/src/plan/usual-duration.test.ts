import { buildGraph, requireGraph } from '@muster/core/graph'
import { expect, test } from 'vitest'
import { chainOf } from '../shell/make-plan.ts'
import { usualDuration } from './usual-duration.ts'

test('a task of unknown duration takes as long as the median of the known ones', () => {
  const tasks = [{ id: 'a', expectedMs: 10 }, { id: 'b', expectedMs: 30 }, { id: 'c' }]
  expect(usualDuration(tasks, {})).toEqual({ ms: 20, isKnown: true })
  expect(usualDuration([{ id: 'c' }], {})).toMatchObject({ isKnown: false })
})

test('the critical path assumes the same', () => {
  const graph = requireGraph(
    buildGraph([
      { id: 'short', kind: 'x', expectedMs: 40 },
      { id: 'new', kind: 'x', dependsOn: ['short'] },
      { id: 'long', kind: 'x', expectedMs: 60 },
    ]),
  )
  expect(chainOf(graph, {})).toEqual({ tasks: ['short', 'new'], ms: 90 })
})
