// Laws of the critical path, against going through every chain there is. Durations are whole, so sums are exact.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildGraph, requireGraph } from './build-graph.ts'
import { criticalPath } from './critical-path.ts'
import { anyTasks, type AnyTasks } from './laws/any-tasks.ts'
import { beforeOf, waitingOf } from './laws/naive-graph.ts'

/** Every chain of nodes from one that waits for nothing to one that nobody waits for. */
function chainsOf(given: AnyTasks): readonly (readonly string[])[] {
  const waiting = waitingOf(beforeOf(given))
  const isLast = (id: string): boolean => ![...waiting.values()].some((edges) => edges.has(id))
  const endingAt = (id: string): readonly (readonly string[])[] => {
    const targets = [...(waiting.get(id)?.keys() ?? [])]
    return targets.length === 0 ? [[id]] : targets.flatMap(endingAt).map((chain) => [...chain, id])
  }
  return [...waiting.keys()].filter(isLast).flatMap(endingAt)
}

test('length, path, tails, earliest starts and slack are what going through every chain gives', () => {
  fc.assert(
    fc.property(anyTasks({ isCyclic: false, maxTasks: 7 }), (given) => {
      const graph = requireGraph(buildGraph(given.tasks, given))
      const durations = new Map(given.tasks.map(({ id, expectedMs = 0 }) => [id, expectedMs]))
      const lengthOf = (chain: readonly string[]): number =>
        chain.reduce((sum, id) => sum + (durations.get(id) ?? 0), 0)
      const chains = chainsOf(given)
      const { lengthMs, path, tailMs, earliestMs, slackMs } = criticalPath(graph)
      const longest = Math.max(...chains.map(lengthOf))
      expect(lengthMs).toBe(longest)
      expect(lengthOf(path)).toBe(longest)
      expect(chains.some((chain) => chain.filter((id) => durations.has(id)).join('\0') === path.join('\0'))).toBe(true)
      for (const id of graph.order()) {
        const through = chains.filter((chain) => chain.includes(id))
        const handle = graph.handle(id)
        expect(slackMs[handle]).toBe(longest - Math.max(...through.map(lengthOf)))
        expect(tailMs[handle]).toBe(Math.max(...through.map((chain) => lengthOf(chain.slice(chain.indexOf(id))))))
        expect(earliestMs[handle]).toBe(
          Math.max(...through.map((chain) => lengthOf(chain.slice(0, chain.indexOf(id))))),
        )
      }
    }),
  )
})

test('starting a task later by its slack changes nothing, by more makes everything longer', () => {
  fc.assert(
    fc.property(anyTasks({ isCyclic: false, maxTasks: 7 }), fc.nat(), (given, pick) => {
      const graph = requireGraph(buildGraph(given.tasks, given))
      const { id, expectedMs = 0 } = given.tasks[pick % given.tasks.length] ?? { id: '' }
      const { lengthMs, slackMs } = criticalPath(graph)
      const slack = slackMs[graph.handle(id)] ?? 0
      const lengthWith = (extra: number): number =>
        criticalPath(graph, (other) => (graph.task(other)?.expectedMs ?? 0) + (other === id ? extra : 0)).lengthMs
      expect(expectedMs).toBeGreaterThanOrEqual(0)
      expect(lengthWith(slack)).toBe(lengthMs)
      expect(lengthWith(slack + 1)).toBe(lengthMs + 1)
    }),
  )
})

test('a task that takes no time is on the path where it comes first (found by seed 1)', () => {
  const graph = requireGraph(
    buildGraph([
      { id: 'last', dependsOn: ['middle'], expectedMs: 3 },
      { id: 'middle', dependsOn: ['first'], expectedMs: 0 },
      { id: 'first', expectedMs: 0 },
    ]),
  )
  expect(criticalPath(graph).path).toEqual(['first', 'middle', 'last'])
})
