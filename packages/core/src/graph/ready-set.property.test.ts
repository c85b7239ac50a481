// Laws of the ready set: at every moment it is what asking every task anew would give.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildGraph, requireGraph } from './build-graph.ts'
import { anyTasks } from './laws/any-tasks.ts'
import { beforeOf, reachable, waitingOf } from './laws/naive-graph.ts'
import { readySet } from './ready-set.ts'

const anySteps = fc.array(fc.nat(), { maxLength: 12 })

test('after every completion it holds what a look at every task finds', () => {
  fc.assert(
    fc.property(anyTasks({ isCyclic: false }), anySteps, (given, steps) => {
      const graph = requireGraph(buildGraph(given.tasks, given))
      const waiting = waitingOf(beforeOf(given))
      const taskIds = given.tasks.map(({ id }) => id)
      const done = new Set<string>()
      const isDone = (id: string): boolean =>
        taskIds.includes(id) ? done.has(id) : [...(waiting.get(id)?.keys() ?? [])].every(isDone)
      const naive = (): readonly string[] =>
        graph.taskOrder().filter((id) => !done.has(id) && [...(waiting.get(id)?.keys() ?? [])].every(isDone))
      const set = readySet(graph)
      for (const step of steps) {
        const before = naive()
        expect(set.ready()).toEqual(before)
        expect(set.first()).toBe(before[0])
        const id = taskIds[step % taskIds.length] ?? ''
        done.add(id)
        expect(set.complete(id)).toEqual(naive().filter((other) => !before.includes(other)))
        expect(set.remaining).toBe(taskIds.length - done.size)
        expect(set.complete(id)).toEqual([])
      }
    }),
  )
})

test('completing what is ready, in any order, completes everything', () => {
  fc.assert(
    fc.property(anyTasks({ isCyclic: false }), fc.array(fc.nat(), { minLength: 12, maxLength: 12 }), (given, picks) => {
      const graph = requireGraph(buildGraph(given.tasks, given))
      const waiting = waitingOf(beforeOf(given))
      const set = readySet(graph)
      for (let step = 0; set.remaining > 0; step++) {
        const ready = set.ready()
        const id = ready[(picks[step] ?? 0) % ready.length] ?? ''
        for (const needed of reachable(waiting, id)) expect(set.isComplete(needed)).toBe(true)
        set.complete(id)
      }
      expect(set.ready()).toEqual([])
    }),
  )
})
