// Laws of cycles: told exactly where there is one, once for each tangle, by a witness that is real and short.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildGraph } from './build-graph.ts'
import type { GraphProblem } from './graph-problem.ts'
import { anyTasks, type AnyTasks } from './laws/any-tasks.ts'
import { beforeOf, type Before, tangles, waitingOf } from './laws/naive-graph.ts'

type Cycle = GraphProblem & { readonly kind: 'cycle' }

function cyclesOf(given: AnyTasks): readonly Cycle[] {
  const result = buildGraph(given.tasks, given)
  return result.kind === 'valid' ? [] : result.problems.filter((problem) => problem.kind === 'cycle')
}

/** What is wrong with a witness, if anything is. */
function mistakeIn({ path }: Pick<Cycle, 'path'>, waiting: Before): string | undefined {
  if (path[0] !== path.at(-1)) return 'does not close'
  if (new Set(path).size !== path.length - 1) return 'meets a node twice'
  for (let at = 0; at + 1 < path.length; at++)
    if (waiting.get(path[at] ?? '')?.has(path[at + 1] ?? '') !== true)
      return `${path[at]} does not wait for ${path[at + 1]}`
  return undefined
}

test('each tangle is told once, by a cycle that is real and the shortest there is', () => {
  fc.assert(
    fc.property(anyTasks({ isCyclic: true }), (given) => {
      const waiting = waitingOf(beforeOf(given))
      const expected = tangles(waiting)
      const cycles = cyclesOf(given)
      expect(cycles).toHaveLength(expected.length)
      for (const cycle of cycles) {
        expect(mistakeIn(cycle, waiting)).toBeUndefined()
        const tangle = expected.find(({ members }) => members.has(cycle.path[0] ?? ''))
        expect(cycle.path.length - 1).toBe(tangle?.shortest)
        expect(cycle.size).toBe(tangle?.members.size)
      }
    }),
  )
})

test('a graph is valid exactly where nobody waits for himself', () => {
  fc.assert(
    fc.property(anyTasks({ isCyclic: true }), (given) => {
      const isTangled = tangles(waitingOf(beforeOf(given))).length > 0
      expect(buildGraph(given.tasks, given).kind).toBe(isTangled ? 'invalid' : 'valid')
    }),
  )
})

test('planted: a witness that skips an edge, or does not close, is caught', () => {
  const waiting = waitingOf(
    beforeOf({
      tasks: [
        { id: 'a', dependsOn: ['b'] },
        { id: 'b', dependsOn: ['c'] },
        { id: 'c', dependsOn: ['a'] },
      ],
      groups: [],
    }),
  )
  expect(mistakeIn({ path: ['a', 'b', 'c', 'a'] }, waiting)).toBeUndefined()
  expect(mistakeIn({ path: ['a', 'c', 'a'] }, waiting)).toBe('a does not wait for c')
  expect(mistakeIn({ path: ['a', 'b', 'c'] }, waiting)).toBe('does not close')
})
