// Laws of the order: it is one, it is the one that was promised, and it depends on nothing but what was promised.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildGraph, requireGraph } from './build-graph.ts'
import { anyTasks } from './laws/any-tasks.ts'
import { beforeOf, type Before, reachable } from './laws/naive-graph.ts'

const acyclic = anyTasks({ isCyclic: false })

/** The first mistake in an order, if there is one. */
function mistakeIn(order: readonly string[], before: Before): string | undefined {
  if (new Set(order).size !== before.size || order.length !== before.size) return 'not every node once'
  for (const [id, edges] of before)
    for (const target of edges.keys()) if (order.indexOf(target) > order.indexOf(id)) return `${id} before ${target}`
  return undefined
}

/** Of all tasks that could come next the first defined; groups as soon as their members are done. */
function naiveOrder(before: Before, taskIds: ReadonlySet<string>): readonly string[] {
  const done: string[] = []
  const isFree = (id: string): boolean =>
    !done.includes(id) && [...(before.get(id)?.keys() ?? [])].every((target) => done.includes(target))
  while (done.length < before.size) {
    const group = [...before.keys()].find((id) => !taskIds.has(id) && isFree(id))
    done.push(group ?? [...before.keys()].find((id) => taskIds.has(id) && isFree(id)) ?? 'none')
  }
  return done.filter((id) => taskIds.has(id))
}

/** What the graph says of itself, without the optional edges that it left out. */
function kept(given: Parameters<typeof beforeOf>[0]): Before {
  const result = buildGraph(given.tasks, given)
  const before = beforeOf(given)
  const leftOut = result.kind === 'valid' ? result.warnings : []
  return new Map(
    [...before].map(([id, edges]) => [
      id,
      new Map([...edges].filter(([on]) => !leftOut.some((edge) => edge.task === id && edge.target === on))),
    ]),
  )
}

test('the order holds every task and group once, each after what it comes after', () => {
  fc.assert(
    fc.property(acyclic, (given) => {
      const graph = requireGraph(buildGraph(given.tasks, given))
      expect(mistakeIn(graph.order(), kept(given))).toBeUndefined()
    }),
  )
})

test('of all tasks that could come next, the one defined first comes next', () => {
  fc.assert(
    fc.property(acyclic, (given) => {
      const graph = requireGraph(buildGraph(given.tasks, given))
      expect(graph.taskOrder()).toEqual(naiveOrder(kept(given), new Set(given.tasks.map(({ id }) => id))))
    }),
  )
})

test('how edges and groups are listed does not matter to the order of tasks', () => {
  fc.assert(
    fc.property(anyTasks({ isCyclic: false, hasOptional: false }), (given) => {
      const turned = given.tasks.map((task) => ({
        ...task,
        dependsOn: task.dependsOn?.toReversed(),
        groups: task.groups?.toReversed(),
      }))
      const graph = requireGraph(buildGraph(given.tasks, given))
      const other = requireGraph(buildGraph(turned, { groups: given.groups.toReversed() }))
      expect(other.taskOrder()).toEqual(graph.taskOrder())
    }),
  )
})

test('definitions that are in order already stay as they are', () => {
  fc.assert(
    fc.property(anyTasks({ isCyclic: false, hasGroups: false, hasOptional: false }), ({ tasks }) => {
      const ordered = requireGraph(buildGraph(tasks)).order()
      const sorted = tasks.toSorted((a, b) => ordered.indexOf(a.id) - ordered.indexOf(b.id))
      expect(requireGraph(buildGraph(sorted)).order()).toEqual(ordered)
    }),
  )
})

test('every optional edge left out lies on a cycle, and without them there is none', () => {
  fc.assert(
    fc.property(acyclic, (given) => {
      const result = buildGraph(given.tasks, given)
      const before = beforeOf(given)
      for (const { task, target } of result.kind === 'valid' ? result.warnings : [])
        expect(reachable(before, target)).toContain(task)
      const rest = kept(given)
      for (const id of rest.keys()) expect(reachable(rest, id)).not.toContain(id)
    }),
  )
})

test('each level waits for something of the level before, the first for nothing', () => {
  fc.assert(
    fc.property(anyTasks({ isCyclic: false, hasOptional: false }), (given) => {
      const graph = requireGraph(buildGraph(given.tasks, given))
      const before = beforeOf(given)
      const levels = graph.levels()
      expect(levels.flat()).toHaveLength(given.tasks.length)
      for (const [number, level] of levels.entries())
        for (const id of level) {
          const needed = reachable(before, id)
          expect(
            levels
              .slice(number)
              .flat()
              .filter((other) => needed.has(other)),
          ).toEqual([])
          if (number > 0) expect(levels[number - 1]?.some((other) => needed.has(other))).toBe(true)
        }
    }),
  )
})

test('planted: an order with two neighbours swapped that depend on each other is caught', () => {
  const before = beforeOf({ tasks: [{ id: 'a' }, { id: 'b', dependsOn: ['a'] }], groups: [] })
  expect(mistakeIn(['a', 'b'], before)).toBeUndefined()
  expect(mistakeIn(['b', 'a'], before)).toBe('b before a')
  expect(mistakeIn(['a', 'a'], before)).toBe('not every node once')
})
