import { nearestName } from '@muster/core'
import { expect, test } from 'vitest'
import { configProblems, problemLine } from './config-problems.ts'
import { configJsonSchema, configSchema } from './config-schema.ts'

function linesOf(given: unknown): readonly string[] {
  const parsed = configSchema.safeParse(given)
  if (parsed.success) return []
  return configProblems(parsed.error.issues, given, configJsonSchema, nearestName).map(problemLine)
}

test('an unknown key is named with the nearest one', () => {
  expect(linesOf({ retrys: 2, slot: 1 })).toEqual([
    expect.stringMatching(
      /^retrys: expected one of version, name, .*, got an unknown key \(did you mean retry\?\)$/,
    ) as unknown,
    expect.stringMatching(/^slot: .*\(did you mean slots\?\)$/) as unknown,
  ])
  expect(linesOf({ tasks: [{ id: 'a', argv: ['x'], dependOn: ['b'] }] })).toEqual([
    expect.stringMatching(/^tasks\[0\]\.dependOn: .*\(did you mean dependsOn\?\)$/) as unknown,
  ])
})

test.each([
  [{ version: 2 }, 'version: expected 1, got 2 (number)'],
  [{ retry: '2' }, 'retry: expected a number, or an object, got "2"'],
  [{ retry: 0 }, 'retry: expected a number of at least 1, got 0 (number)'],
  [{ retry: { maxAttempts: 0 } }, 'retry.maxAttempts: expected a number of at least 1, got 0 (number)'],
  [{ timeoutMs: -1 }, 'timeoutMs: expected a number of more than 0, got -1 (number)'],
  [{ timeoutMs: NaN }, 'timeoutMs: expected a number, got NaN (number)'],
  [{ tasks: [{ id: 'a' }] }, 'tasks[0].argv: expected a list, got nothing'],
  [{ tasks: [{ id: '', argv: ['x'] }] }, 'tasks[0].id: expected a text with a length of at least 1, got ""'],
  [{ env: { set: { A: 1 } } }, 'env.set.A: expected a text, got 1 (number)'],
  [
    { strategy: 'fifoo' },
    'strategy: expected one of auto, fifo, longest-first, largest-first, hedged-longest-first, critical-path-first, resource-fit, shortest-first, priority-first, likely-to-fail-first, round-robin, load-balanced, performance-based, hardware-match, affinity, seeded-shuffle, backfill, deadline, least-slack, deadline-aware, or a strategy: an object with name and key, got "fifoo" (did you mean fifo?)',
  ],
  [
    { tasks: [{ id: 'a', argv: ['x'], dependsOn: [{ on: 'b', kind: 'har' }] }] },
    'tasks[0].dependsOn[0].kind: expected one of hard, soft, optional, got "har" (did you mean hard?)',
  ],
  [
    { runners: ['vitst'] },
    'runners[0]: expected one of vitest, node, or an object, or a runner: an object with name, discover and executor, got "vitst" (did you mean vitest?)',
  ],
  [
    { slots: 'adaptiv' },
    'slots: expected a number, or one of simple, max-parallel, resource-aware, deadline-based, adaptive, got "adaptiv" (did you mean adaptive?)',
  ],
  [[], 'the configuration: expected an object, got a list of 0'],
  [undefined, 'the configuration: expected an object, got nothing'],
])('%j is refused by path', (given, line) => {
  expect(linesOf(given)).toEqual([line])
})

test('objects of code are accepted as runners and strategies', () => {
  const runner = {
    name: 'mine',
    discover: async () => ({ tasks: [] }),
    executor: { module: 'file:///x.js', options: {} },
  }
  expect(linesOf({ runners: ['node', { runner: 'command', files: ['*.sh'] }, runner] })).toEqual([])
  expect(linesOf({ strategy: { name: 'mine', key: () => 0 } })).toEqual([])
})

test('the JSON Schema knows every key', () => {
  const schema = configJsonSchema()
  expect(schema).toMatchObject({ type: 'object', additionalProperties: false })
  expect(Object.keys(schema['properties'] as object)).toContain('dependencies')
})
