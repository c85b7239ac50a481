import { expect, test } from 'vitest'
import { buildGraph, extendGraph, requireGraph } from './build-graph.ts'
import { formatProblems } from './format-problems.ts'
import type { GraphProblem } from './graph-problem.ts'
import type { GraphTask } from './graph-task.ts'

function problemsOf(...given: Parameters<typeof buildGraph>): readonly GraphProblem[] {
  const result = buildGraph(...given)
  return result.kind === 'invalid' ? result.problems : []
}

/** Parsed JSON, taken at its word as callers do. */
function isTasks(value: unknown): value is readonly GraphTask[] {
  return Array.isArray(value)
}

test('every problem is told at once', () => {
  const problems = problemsOf(
    [
      { id: 'login', expectedMs: Number.NaN },
      { id: 'login' },
      { id: 'cart', dependsOn: ['logn', 'cart', 'empty', { on: 'pay', kind: 'soft', timeLimitMs: -1 }], timeoutMs: -5 },
      { id: 'pay', dependsOn: ['cart', 'search', { on: 'search', kind: 'soft' }], groups: ['cart'] },
      { id: 'search', priority: Number.NaN, needs: { resources: { cpu: -2, gpu: 1 } } },
    ],
    { groups: [{ id: 'empty' }, { id: 'empty' }, { id: 'login' }, { id: 'shop', concurrency: 0 }] },
  )
  expect(formatProblems(problems).split('\n')).toEqual([
    'login: expected `expectedMs` to be a number from 0 up, got NaN.',
    'cart: expected `timeoutMs` to be a number from 0 up, got -5.',
    'search: expected `priority` to be a number, got NaN.',
    'search: expected `needs.resources.cpu` to be a number from 0 up, got -2.',
    'Task login is defined 2 times. Give each task an id of its own.',
    'Group empty is declared more than once. Declare it once.',
    'login names a task and a group. Rename one of them.',
    'shop: expected `concurrency` to be a whole number from 1 up, got 0.',
    'cart names a task and a group. Rename one of them.',
    'cart depends on logn, which is neither a task nor a group. Did you mean login?',
    'cart depends on itself. Remove that dependency.',
    'cart: expected `dependsOn[3].timeLimitMs` to be a number from 0 up, got -1.',
    'pay depends on search twice: hard and soft. Keep one.',
    'Group empty has no members, but cart waits for it. Put a task into it, or remove the dependency.',
    'Cycle: cart -> pay -> cart. Remove one of these dependencies, or make one of them optional.',
  ])
})

test('what no compiler has looked at is told, not thrown', () => {
  const parsed: unknown = JSON.parse(
    '[null, 7, {}, {"id": ""}, {"id": "a", "dependsOn": "b"}, {"id": "b", "dependsOn": [null, 3, {"on": 4}, {"on": "c", "kind": "firm"}], "groups": [1]}, {"id": "c", "needs": 3, "groups": {}}, {"id": "d", "needs": {"resources": []}}, {"id": "e", "needs": {"resources": 5}}]',
  )
  expect(formatProblems(problemsOf(isTasks(parsed) ? parsed : [])).split('\n')).toEqual([
    'tasks[0]: expected `tasks[0]` to be a task, got null.',
    'tasks[1]: expected `tasks[1]` to be a task, got 7.',
    'tasks[2]: expected `id` to be a text that is not empty, got undefined.',
    'tasks[3]: expected `id` to be a text that is not empty, got "" (text).',
    'a: expected `dependsOn` to be a list, got "b" (text).',
    'c: expected `needs` to be an object, got 3.',
    'c: expected `groups` to be a list, got an object.',
    'e: expected `needs.resources` to be amounts by name, got 5.',
    'b: expected `groups[0]` to be a text that is not empty, got 1.',
    'b: expected `dependsOn[0]` to be an id or an object with `on`, got null.',
    'b: expected `dependsOn[1]` to be an id or an object with `on`, got 3.',
    'b: expected `dependsOn[2]` to be an id or an object with `on`, got 4.',
    'b: expected `dependsOn[3].kind` to be hard, soft or optional, got "firm" (text).',
  ])
})

test('an empty graph is a graph', () => {
  const graph = requireGraph(buildGraph([]))
  expect([graph.size, graph.order(), graph.levels(), graph.edges.count]).toEqual([0, [], [], 0])
})

test('ids are text and nothing else', () => {
  const ids = ['__proto__', 'constructor', 'ключ', '🦊', 'e\u0301', 'é', 'a\nb', '\ud800', ' ', 'x'.repeat(5000)]
  const tasks = ids.map((id, at) => ({ id, dependsOn: ids.slice(0, at) }))
  const graph = requireGraph(buildGraph(tasks.toReversed()))
  expect(graph.order()).toEqual(ids)
  for (const id of ids) expect(graph.id(graph.handle(id))).toBe(id)
})

test('a group waits for its members, and who waits for the group waits for them', () => {
  const graph = requireGraph(
    buildGraph([
      { id: 'report', dependsOn: ['tests'] },
      { id: 'unit', groups: ['tests'] },
      { id: 'slow', groups: ['tests', 'tests'], dependsOn: ['unit'] },
    ]),
  )
  expect(graph.order()).toEqual(['unit', 'slow', 'tests', 'report'])
  expect(graph.taskOrder()).toEqual(['unit', 'slow', 'report'])
  expect(graph.levels()).toEqual([['unit'], ['slow'], ['report']])
  expect(graph.dependencies('tests')).toEqual(['unit', 'slow'])
  expect(graph.dependents('tests')).toEqual(['report'])
  expect([graph.kind('tests'), graph.kind('unit'), graph.groupCount, graph.taskCount]).toEqual(['group', 'task', 1, 3])
})

test('a cycle through a group is found and says which is the group', () => {
  const problems = problemsOf([
    { id: 'a', groups: ['g'], dependsOn: ['h'] },
    { id: 'b', groups: ['h'], dependsOn: ['g'] },
    { id: 'c', dependsOn: ['a'] },
  ])
  expect(problems).toEqual([{ kind: 'cycle', path: ['a', 'h', 'b', 'g', 'a'], groups: ['h', 'g'], size: 4 }])
  expect(formatProblems(problems)).toContain('a -> h (group) -> b -> g (group) -> a')
})

test('an optional edge that closes a cycle is left out and told', () => {
  const result = buildGraph([
    { id: 'a', dependsOn: ['b'] },
    { id: 'b', dependsOn: [{ on: 'a', kind: 'optional' }] },
    { id: 'c', dependsOn: [{ on: 'd', kind: 'optional' }] },
    { id: 'd' },
  ])
  expect(requireGraph(result).order()).toEqual(['b', 'a', 'd', 'c'])
  expect(requireGraph(result).dependents('a')).toEqual(['b'])
  expect(result.kind === 'valid' ? result.warnings : []).toEqual([
    { kind: 'optional-left-out', task: 'b', target: 'a' },
  ])
})

test('the same edge twice is one edge, also among many', () => {
  const many = Array.from({ length: 40 }, (_, at) => ({ id: `task ${at}` }))
  const ids = many.map(({ id }) => id)
  const graph = requireGraph(
    buildGraph([...many, { id: 'all', dependsOn: [...ids, ...ids] }, { id: 'last', dependsOn: ids }]),
  )
  expect(graph.dependencies('all')).toEqual(ids)
  expect(graph.dependencies('last')).toEqual(ids)
  const conflict = [...ids, { on: 'task 7', kind: 'soft' as const }, { on: 'task 8', timeLimitMs: 5 }]
  expect(formatProblems(problemsOf([...many, { id: 'all', dependsOn: conflict }]))).toBe(
    'all depends on task 7 twice: hard and soft. Keep one.\nall depends on task 8 twice: hard and hard within 5 ms. Keep one.',
  )
})

test('an open graph may wait for a group that is filled later', () => {
  const tasks = [{ id: 'report', dependsOn: ['tests'] }]
  const groups = [{ id: 'tests' }]
  expect(buildGraph(tasks, { groups }).kind).toBe('invalid')
  const open = requireGraph(buildGraph<GraphTask>(tasks, { groups, isOpen: true }))
  const filled = requireGraph(extendGraph(open, [{ id: 'unit', groups: ['tests'] }], { isOpen: false }))
  expect(filled.order()).toEqual(['unit', 'tests', 'report'])
  expect(extendGraph(open, [{ id: 'unit', groups: ['tests'], dependsOn: ['report'] }]).kind).toBe('invalid')
  expect(extendGraph(open, [], { isOpen: false }).kind).toBe('invalid')
})

test('an older version knows nothing of what was added, and may be extended in another way', () => {
  const base = requireGraph(buildGraph<GraphTask>([{ id: 'a' }]))
  const left = requireGraph(extendGraph(base, [{ id: 'b', dependsOn: [{ on: 'a', timeLimitMs: 9 }] }]))
  const right = requireGraph(extendGraph(base, [{ id: 'c', dependsOn: ['a'] }]))
  expect([base.has('b'), left.has('c'), right.has('b'), right.order()]).toEqual([false, false, false, ['a', 'c']])
  expect([left.edges.timeLimits.size, right.edges.timeLimits.size, base.edges.timeLimits.size]).toEqual([1, 0, 0])
})

test('a refused extension leaves nothing behind', () => {
  const base = requireGraph(buildGraph<GraphTask>([{ id: 'a' }]))
  const refused = [
    { id: 'b', dependsOn: [{ on: 'a', kind: 'soft' as const, timeLimitMs: 9 }, 'nowhere'], groups: ['g'] },
  ]
  expect(extendGraph(base, refused).kind).toBe('invalid')
  const graph = requireGraph(extendGraph(base, [{ id: 'g', dependsOn: ['a'] }]))
  expect(graph.dependencyEdges('g')).toEqual([{ on: 'a', kind: 'hard' }])
  expect([graph.has('b'), graph.groupCount]).toEqual([false, 0])
})

test('adding what is there changes nothing, adding another under its id is refused', () => {
  const base = requireGraph(
    buildGraph<GraphTask>([{ id: 'a', tags: ['x'] }], { groups: [{ id: 'g', concurrency: 2 }] }),
  )
  const same = requireGraph(extendGraph(base, [{ tags: ['x'], id: 'a' }], { groups: [{ id: 'g', concurrency: 2 }] }))
  expect(same.size).toBe(2)
  const other = extendGraph(base, [{ id: 'a' }, { id: 'g' }], { groups: [{ id: 'g' }, { id: 'a' }] })
  expect(other.kind === 'invalid' ? other.problems : []).toEqual([
    { kind: 'task-duplicate', id: 'a', times: 2 },
    { kind: 'task-and-group', id: 'g' },
    { kind: 'group-duplicate', id: 'g' },
    { kind: 'task-and-group', id: 'a' },
  ])
})

test('an unknown id is refused with the nearest', () => {
  const graph = requireGraph(buildGraph([{ id: 'checkout' }]))
  expect(() => graph.handle('chekout')).toThrow(
    'TASK_UNKNOWN: expected the id of a task or group of the graph, got "chekout". Did you mean "checkout"?',
  )
  expect(() => graph.id(1)).toThrow('TASK_UNKNOWN')
  expect(() => requireGraph(buildGraph([{ id: 'a', dependsOn: ['a'] }]))).toThrow('a depends on itself')
})

test('nothing overflows on a chain or a ring however long', () => {
  const length = 200_000
  const tasks = Array.from({ length }, (_, at): GraphTask => ({
    id: `${at}`,
    dependsOn: at === 0 ? [] : [`${at - 1}`],
  }))
  const graph = requireGraph(buildGraph(tasks.toReversed()))
  expect([graph.order()[0], graph.order().at(-1), graph.levels().length]).toEqual(['0', `${length - 1}`, length])
  const [ring] = problemsOf([...tasks.slice(1), { id: '0', dependsOn: [`${length - 1}`] }])
  expect(ring?.kind === 'cycle' ? [ring.size, ring.path.length] : []).toEqual([length, length + 1])
  expect(formatProblems(ring === undefined ? [] : [ring]).length).toBeLessThan(300)
})

test('a hundred thousand cycles are told one by one', () => {
  const count = 150_000
  const tasks = Array.from({ length: 2 * count }, (_, at) => ({
    id: `${at}`,
    dependsOn: [`${at % 2 === 0 ? at + 1 : at - 1}`],
  }))
  expect(problemsOf(tasks)).toHaveLength(count)
})

test('what kernels read says the same without objects', () => {
  const { edges, followers } = requireGraph(
    buildGraph([
      { id: 'a' },
      { id: 'b', dependsOn: [{ on: 'a', kind: 'soft', timeLimitMs: 7 }] },
      { id: 'c', dependsOn: ['a', 'b'] },
    ]),
  )
  expect([[...edges.from], [...edges.to], [...edges.kind]]).toEqual([
    [1, 2, 2],
    [0, 0, 1],
    [1, 0, 0],
  ])
  expect([...edges.timeLimits]).toEqual([[0, 7]])
  expect([[...followers.starts], [...followers.packed]]).toEqual([
    [0, 2, 3, 3],
    [2, 4, 4],
  ])
})
