// Two strategies make one: the second orders what the first leaves tied. It is not called `then`, because a module that
// exports a function of that name is taken for a promise by `await import()`, which would wait for ever.
import { MusterError, type Policy, type TaskView } from '@muster/core'
import { freshly, keyOf, sharedPoints } from './shared-points.ts'

/**
 * Orders by `first`, and by `second` where that ties. A worker has to be admitted by both; the score is that of the first
 * of them that has one.
 *
 * Gotchas: `first` must give keys of one length to all tasks, since keys are compared number by number. A strategy that
 * never ties, as `fifo` does not, leaves the second nothing to decide.
 *
 * @example
 * ```ts
 * const priorityFirst: Policy = { name: 'priority', key: (task) => -(task.definition.priority ?? 0) }
 * andThen(priorityFirst, longestFirst()).name // => 'priority, then longest-first'
 * ```
 */
export function andThen(first: Policy, second: Policy): Policy {
  const scorer = first.score === undefined ? second : first
  let width: number | undefined
  return {
    ...sharedPoints([first, second]),
    name: `${first.name}, then ${second.name}`,
    key(task) {
      const key = keyOf(first, task)
      width ??= key.length
      if (key.length !== width) throw unevenKey(first, task, { width, got: key.length })
      return [...key, ...keyOf(second, task)]
    },
    ...(scorer.score === undefined ? {} : { score: (task, worker) => scorer.score?.(task, worker) ?? 0 }),
    forRun: () => andThen(freshly(first), freshly(second)),
  }
}

function unevenKey(
  policy: Policy,
  task: TaskView,
  { width, got }: { readonly width: number; readonly got: number },
): MusterError {
  return new MusterError('POLICY_FAILED', {
    expected: `policy ${policy.name} to give ${task.definition.id} a key of ${width} numbers, as it gave others`,
    got: String(got),
    remedy: 'Give every task a key of the same length; what is unknown needs a number too.',
  })
}
