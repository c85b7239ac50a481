import { expect, test } from 'vitest'
import { checkSchedule, type ScheduledTask } from './check-schedule.ts'
import type { SchedulingInstance } from './scheduling-instance.ts'

const task = (
  id: string,
  expectedMs: number,
  cpu: number,
  ...dependsOn: string[]
): SchedulingInstance['tasks'][number] => ({
  id,
  kind: 'activity',
  expectedMs,
  dependsOn,
  needs: { resources: { cpu } },
})
const instance: SchedulingInstance = {
  name: 'three',
  tasks: [task('a', 2, 2), task('b', 3, 2, 'a'), task('c', 2, 2)],
  workers: [{ id: 'w', engine: 'none', kinds: ['activity'], capacity: { slots: 3, cpu: 3 } }],
  best: 7,
  lowerBound: 7,
}
const at = (id: string, startMs: number, finishMs: number, worker = 'w'): ScheduledTask => ({
  id,
  worker,
  startMs,
  finishMs,
})
const right = [at('a', 0, 2), at('c', 2, 4), at('b', 4, 7)]

test('a schedule that holds has nothing wrong with it', () => {
  expect(checkSchedule(instance, right)).toBeUndefined()
})

test.each([
  ['a task left out', right.slice(1), 'were scheduled'],
  ['a task twice', [...right, at('a', 7, 9)], 'were scheduled'],
  ['a task nowhere', [at('a', 0, 2, 'other'), ...right.slice(1)], 'has no place'],
  ['a task cut short', [at('a', 0, 1), ...right.slice(1)], 'takes 1 instead of 2'],
  ['a task before the beginning', [at('a', -1, 1), ...right.slice(1)], 'a takes'],
  ['a follower too early', [at('a', 0, 2), at('b', 1, 4), at('c', 5, 7)], 'begins before a ends'],
  ['two at once that do not fit', [at('a', 0, 2), at('c', 1, 3), at('b', 4, 7)], 'has not that much cpu'],
])('%s is found', (_, scheduled, problem) => {
  expect(checkSchedule(instance, scheduled)).toContain(problem)
})

test('a schedule shorter than can be is found', () => {
  expect(checkSchedule({ ...instance, lowerBound: 8 }, right)).toContain('nothing can take less than 8')
})
