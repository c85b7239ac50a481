import type { Policy, TaskView } from '@muster/core'
import { expect, test } from 'vitest'
import { longestFirst } from '../strategies/longest-first.ts'
import { resourceFit } from '../strategies/resource-fit.ts'
import { criticalPathFirst } from '../strategies/critical-path-first.ts'
import { andThen } from './and-then.ts'

const priority: Policy = { name: 'priority', key: (task) => -(task.definition.priority ?? 0) }
const view: TaskView = {
  handle: 0,
  definition: { id: 'a', kind: 'unit', priority: 3, expectedMs: 7 },
  facts: undefined,
  order: 0,
  criticalPathMs: 9,
  attempts: 0,
}
const worker = { definition: { id: 'w', engine: 'local', kinds: ['unit'], capacity: { slots: 4 } }, free: () => 1 }

test('the second decides what the first leaves tied', () => {
  const policy = andThen(priority, longestFirst())
  expect(policy.name).toBe('priority, then longest-first')
  expect(policy.key(view)).toEqual([-3, -7])
})

test('what either reads is read', () => {
  expect(andThen(priority, criticalPathFirst()).reads).toEqual(['criticalPath'])
  expect(andThen(criticalPathFirst(), criticalPathFirst()).reads).toEqual(['criticalPath'])
})

test('both have to admit, and the first that scores is heard', () => {
  const refuse: Policy = { ...priority, name: 'no', admit: () => ({ by: 'no', because: 'never', wakesOn: 'worker' }) }
  expect(andThen(priority, refuse).admit?.(view, worker)).toMatchObject({ by: 'no' })
  expect(andThen(refuse, priority).admit?.(view, worker)).toMatchObject({ by: 'no' })
  const fixed: Policy = { ...priority, score: () => 1 }
  expect(andThen(fixed, resourceFit()).score?.(view, worker)).toBe(1)
  expect(andThen(priority, fixed).score?.(view, worker)).toBe(1)
})

test('two that have no say about workers have none together', () => {
  const policy = andThen(priority, longestFirst())
  expect(['admit' in policy, 'score' in policy]).toEqual([false, false])
})

test('keys of different lengths are refused: they would be compared with the wrong numbers', () => {
  const uneven: Policy = { name: 'uneven', key: (task) => (task.handle === 0 ? [1] : [1, 2]) }
  const policy = andThen(uneven, longestFirst())
  policy.key(view)
  expect(() => policy.key({ ...view, handle: 1 })).toThrow('a key of 1 numbers')
})
