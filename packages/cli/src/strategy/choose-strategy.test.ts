import { expect, test } from 'vitest'
import { chooseStrategy } from './choose-strategy.ts'

const tasks = [{ id: 'a' }, { id: 'b', dependsOn: ['a'] }]
const duration = { medianMs: 1, p10Ms: 1, p90Ms: 1, samples: 1 }

test('nothing is sorted by durations that nobody knows', () => {
  expect(chooseStrategy('auto', { tasks, facts: {} }).name).toBe('fifo')
})

test('where no duration is known the sizes of files order them, and only there', () => {
  const files = [{ id: 'a', sizeBytes: 10 }, { id: 'b' }]
  expect(chooseStrategy('auto', { tasks: files, facts: {} })).toEqual({
    name: 'largest-first',
    because: 'no durations are known yet, but the sizes of files are',
  })
  expect(chooseStrategy('auto', { tasks: files, facts: { a: { duration } } }).name).toBe('hedged-longest-first')
})

test('the critical path counts where there is one, else the longest', () => {
  expect(chooseStrategy('auto', { tasks, facts: { a: { duration } } }).name).toBe('critical-path-first')
  expect(chooseStrategy('auto', { tasks: [{ id: 'a' }], facts: { a: { duration } } })).toEqual({
    name: 'longest-first',
    because: 'all durations are known',
  })
})

test('what is asked for is taken', () => {
  expect(chooseStrategy('resource-fit', { tasks, facts: {} })).toEqual({
    name: 'resource-fit',
    because: 'as asked for',
  })
})

test('durations that are new or old are taken with care', () => {
  const day = 24 * 3_600_000
  const facts = { a: { duration: { ...duration, measuredAtWallMs: 0 } } }
  const named = (ids: readonly string[], nowWallMs: number): unknown =>
    chooseStrategy('auto', { tasks: ids.map((id) => ({ id })), facts, nowWallMs })
  expect(named(['a'], day)).toMatchObject({ name: 'longest-first' })
  expect(named(['a'], 9.5 * day)).toEqual({
    name: 'hedged-longest-first',
    because: 'all durations are known, measured 9 days ago',
  })
  expect(named(['a', 'new'], 0)).toEqual({
    name: 'hedged-longest-first',
    because: 'durations of 1 of 2 tasks are known',
  })
})
