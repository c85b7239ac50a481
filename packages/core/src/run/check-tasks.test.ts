// Bad fields of tasks are named, all at once.
import { describe, expect, test } from 'vitest'
import { formatProblems } from '../graph/format-problems.ts'
import type { TaskDefinition } from '../model/task.ts'
import { checkTasks } from './check-tasks.ts'

/** What a caller without a compiler may pass. */
function problemsOf(...given: readonly unknown[]): readonly string[] {
  const tasks: TaskDefinition[] = []
  for (const task of given) Reflect.apply(tasks.push, tasks, [task])
  return formatProblems(checkTasks(tasks)).split('\n')
}

describe('the fields of a task', () => {
  test('a task with every field is right', () => {
    const task: TaskDefinition = {
      id: 'a',
      kind: 'x',
      payload: { deep: [1, 'two', null, { three: undefined }] },
      file: 'a.ts',
      tags: ['slow'],
      groups: ['g'],
      dependsOn: ['b', { on: 'c', kind: 'soft', timeLimitMs: 5 }],
      needs: { resources: { cpu: 1 }, locks: ['db'], labels: ['linux'] },
      timeoutMs: 1,
      limits: { memoryBytes: 1, cpuMs: 1, outputBytes: 1, softTimeoutMs: 1 },
      retry: { maxAttempts: 2 },
      skip: 'later',
      priority: 1,
      owner: 'web/checkout',
      deadlineMs: 1,
      expectedMs: 1,
      sizeBytes: 0,
      artifacts: ['out/**'],
      inputs: ['data/*.json'],
    }
    expect(checkTasks([task])).toEqual([])
  })

  test('every problem is named with the task, the field and what was there', () => {
    expect(
      problemsOf(
        { id: 'no kind' },
        { id: 'typo', kind: 'x', dependOn: ['a'], needs: { lock: ['db'] }, dependsOn: [{ on: 'a', timelimitMs: 1 }] },
        { id: 'types', kind: 'x', tags: 'slow', file: 1, skip: true, needs: { locks: 'db', labels: [1] } },
        { id: 'owned', kind: 'x', owner: 'web//checkout', deadlineMs: -1 },
        { id: 'sized', kind: 'x', sizeBytes: Infinity },
        { id: 'retry', kind: 'x', retry: { maxAttempts: Number.NaN } },
      ),
    ).toEqual([
      'no kind: expected `kind` to be a text that is not empty, got undefined.',
      'typo: expected `dependOn` to be absent (did you mean `dependsOn`?), got an array.',
      'typo: expected `needs.lock` to be absent (did you mean `locks`?), got an array.',
      'typo: expected `dependsOn[0].timelimitMs` to be absent (did you mean `timeLimitMs`?), got 1.',
      'types: expected `file` to be a text, got 1.',
      'types: expected `skip` to be a text, got true.',
      'types: expected `tags` to be a list of texts, got "slow" (text).',
      'types: expected `needs.locks` to be a list of texts, got "db" (text).',
      'types: expected `needs.labels[0]` to be a text, got 1.',
      'owned: expected `owner` to be names parted by `/`, such as `web/checkout`, got "web//checkout" (text).',
      'owned: expected `deadlineMs` to be a number of milliseconds from 0 up, got -1.',
      'sized: expected `sizeBytes` to be a number of bytes from 0 up, got Infinity.',
      expect.stringContaining('retry: expected `retry.maxAttempts` to be right ('),
    ])
  })

  test('a limit that no journal could keep, or that nothing could stay below, is named', () => {
    expect(
      problemsOf(
        { id: 'a', kind: 'x', limits: { memoryBytes: Infinity, cpuMs: 0, outputBytes: Number.NaN } },
        { id: 'b', kind: 'x', limits: { memoryByte: 1 } },
        { id: 'c', kind: 'x', limits: 5 },
      ),
    ).toEqual([
      'a: expected `limits.memoryBytes` to be a number above 0, got Infinity.',
      'a: expected `limits.cpuMs` to be a number above 0, got 0.',
      'a: expected `limits.outputBytes` to be a number above 0, got NaN.',
      'b: expected `limits.memoryByte` to be absent (did you mean `memoryBytes`?), got 1.',
      'c: expected `limits` to be an object, got 5.',
    ])
  })
})

describe('a payload that JSON would not keep', () => {
  const circle: Record<string, unknown> = {}
  circle['self'] = [circle]
  test.each([
    [{ size: 1n }, '`payload.size`', '1n (bigint)'],
    [{ when: new Date(0) }, '`payload.when`', 'an object of class Date'],
    [{ list: [1, Number.NaN] }, '`payload.list[1]`', 'NaN'],
    [{ list: [undefined] }, '`payload.list[0]`', 'undefined'],
    [{ call: (): void => undefined }, '`payload.call`', 'a function'],
    [new Map(), '`payload`', 'an object of class Map'],
    [circle, '`payload.self[0]`', 'a circle'],
  ])('%o is refused with the place and what is there', (payload, place, got) => {
    expect(problemsOf({ id: 'a', kind: 'x', payload })).toEqual([
      `a: expected ${place} to be something that JSON keeps as it is, got ${got}.`,
    ])
  })

  test('the same object twice is no circle', () => {
    const shared = { a: 1 }
    expect(checkTasks([{ id: 'a', kind: 'x', payload: [shared, shared] }])).toEqual([])
  })
})
