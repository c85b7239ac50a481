// Two kinds of task, two strategies: what matches is ordered and placed by the one, everything else by the other.
import type { Policy, TaskView } from '@muster/core'
import { freshly, keyOf, sharedPoints } from './shared-points.ts'

/**
 * Tasks for which `predicate` holds go first, ordered and placed by `strategy`; the others after them, by `otherwise`. A
 * place has to be admitted by both.
 *
 * *When to use*: some tasks follow a rule of their own, such as a smoke test that goes before everything.
 *
 * *Gotchas*: the predicate must answer the same for a task whenever it is asked. Each of the two has to give keys of one length.
 *
 * @example
 * ```ts
 * when(({ definition }) => definition.tags?.includes('smoke') === true, shortestFirst(), longestFirst())
 * ```
 */
export function when(predicate: (task: TaskView) => boolean, strategy: Policy, otherwise: Policy): Policy {
  return {
    ...sharedPoints([strategy, otherwise]),
    name: `when it matches ${strategy.name}, otherwise ${otherwise.name}`,
    // Both are asked, so that every key has the same length.
    key: (task) => {
      const [first, second] = [keyOf(strategy, task), keyOf(otherwise, task)]
      return predicate(task) ? [0, ...first, ...second.map(() => 0)] : [1, ...first.map(() => 0), ...second]
    },
    ...(strategy.score === undefined && otherwise.score === undefined
      ? {}
      : { score: (task, worker) => (predicate(task) ? strategy : otherwise).score?.(task, worker) ?? 0 }),
    forRun: () => when(predicate, freshly(strategy), freshly(otherwise)),
  }
}
