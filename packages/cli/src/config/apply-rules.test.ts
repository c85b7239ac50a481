import { expect, test } from 'vitest'
import { applyRules } from './apply-rules.ts'

const file = (path: string): { readonly id: string; readonly kind: string; readonly file: string } => ({
  id: path,
  kind: 'node',
  file: path,
})

test('files get groups, dependencies and rules; what no file matches is said', () => {
  const { tasks, groups, warnings } = applyRules(
    [file('e2e/a.js'), file('unit/b.js'), { id: 'build', kind: 'command' }],
    [],
    {
      groups: [{ id: 'browser', files: 'e2e/**', concurrency: 1 }],
      dependencies: [
        { files: ['e2e/**'], on: ['build', 'db'], kind: 'soft' },
        { files: 'nowhere/**', on: 'build' },
      ],
      rules: [
        { files: '**/*.js', retry: 2, timeoutMs: 10 },
        { files: 'e2e/**', timeoutMs: 20, limits: { cpuMs: 1000 }, tags: ['slow'] },
      ],
    },
  )
  expect(tasks).toEqual([
    {
      ...file('e2e/a.js'),
      groups: ['browser'],
      dependsOn: [
        { on: 'build', kind: 'soft', timeLimitMs: undefined },
        { on: 'db', kind: 'soft', timeLimitMs: undefined },
      ],
      retry: { maxAttempts: 2 },
      timeoutMs: 20,
      limits: { cpuMs: 1000 },
      tags: ['slow'],
    },
    { ...file('unit/b.js'), retry: { maxAttempts: 2 }, timeoutMs: 10 },
    { id: 'build', kind: 'command' },
  ])
  expect(groups).toEqual([{ id: 'browser', concurrency: 1 }])
  expect(warnings).toEqual(['dependencies[1].files: no task has such a file'])
})

test('a file that others wait for does not wait for itself', () => {
  const { tasks } = applyRules([file('a.js'), file('b.js')], [], { dependencies: [{ files: '*.js', on: 'a.js' }] })
  expect(tasks.map(({ dependsOn }) => dependsOn?.length)).toEqual([0, 1])
})
