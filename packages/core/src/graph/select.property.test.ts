// Laws of selections: sets of tasks that behave as sets do.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildGraph, requireGraph } from './build-graph.ts'
import { anyTasks } from './laws/any-tasks.ts'
import { beforeOf, type Before, reachable, waitingOf } from './laws/naive-graph.ts'
import { select } from './select.ts'

const given = anyTasks({ isCyclic: false })

function turned(before: Before): Before {
  const after = new Map([...before.keys()].map((id) => [id, new Map<string, 'hard'>()] as const))
  for (const [id, edges] of before) for (const target of edges.keys()) after.get(target)?.set(id, 'hard')
  return after
}

test('+x, x+ and +x+ are x with what can be got to, and x alone is x, whatever signs its id holds', () => {
  fc.assert(
    fc.property(given, fc.nat(), (tasks, pick) => {
      const graph = requireGraph(buildGraph(tasks.tasks, tasks))
      const ids = tasks.tasks.map(({ id }) => id)
      const id = ids[pick % ids.length] ?? ''
      const waiting = waitingOf(beforeOf(tasks))
      const below = reachable(waiting, id)
      const above = reachable(turned(waiting), id)
      fc.pre([`+${id}`, `${id}+`, `+${id}+`].every((text) => !graph.has(text)) && !/^[!+]|[\s,]|\+$/.test(id))
      expect(select(graph, id)).toEqual([id])
      expect(select(graph, `+${id}`)).toEqual(ids.filter((other) => other === id || below.has(other)))
      expect(select(graph, `${id}+`)).toEqual(ids.filter((other) => other === id || above.has(other)))
      expect(select(graph, `+${id}+`)).toEqual(
        ids.filter((other) => other === id || below.has(other) || above.has(other)),
      )
    }),
  )
})

test('not x is all but x; several together are the union; a comma is the intersection', () => {
  fc.assert(
    fc.property(given, (tasks) => {
      const graph = requireGraph(buildGraph(tasks.tasks, tasks))
      const even = select(graph, 'tag:e*')
      const odd = select(graph, 'tag:o*')
      const all = tasks.tasks.map(({ id }) => id)
      expect(select(graph, '!tag:e*')).toEqual(odd)
      expect(select(graph, ['tag:e*', 'tag:o*'])).toEqual(all)
      expect(select(graph, 'tag:e*,tag:o*')).toEqual([])
      expect(select(graph, ['**', '!tag:e*'])).toEqual(select(graph, '**,!tag:e*'))
      expect(select(graph, ['!tag:e*', '!tag:o*'])).toEqual([])
      expect(select(graph, [])).toEqual(all)
      expect(even.length + odd.length).toBe(all.length)
    }),
  )
})

test('with what it depends on, a selection depends on nothing outside', () => {
  fc.assert(
    fc.property(given, (tasks) => {
      const graph = requireGraph(buildGraph(tasks.tasks, tasks))
      const closed = new Set(select(graph, '+tag:e*'))
      const waiting = waitingOf(beforeOf(tasks))
      for (const id of closed)
        for (const needed of reachable(waiting, id))
          expect(closed.has(needed) || graph.kind(needed) === 'group').toBe(true)
    }),
  )
})
