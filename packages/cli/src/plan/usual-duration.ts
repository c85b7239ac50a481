// What a task is expected to take, and what is assumed for one of which nothing is known. One rule for everything that a plan
// shows: an order by one guess and a critical path by another would contradict each other.
import type { TaskDefinition, TaskFacts } from '@muster/core'
import type { PlannedTask } from './plan-view.ts'

type Facts = Readonly<Record<string, TaskFacts>>
type Expecting = Pick<TaskDefinition, 'id' | 'expectedMs'>

/** Assumed where no duration is known at all: only the order rests on it, and no time is shown. */
const anyMs = 1000

/** What a task is expected to take, from its history or its author; absent where neither says anything. */
export function expectedOf({ id, expectedMs }: Expecting, facts: Facts): PlannedTask['expected'] {
  const duration = facts[id]?.duration
  if (duration !== undefined) return duration
  return expectedMs === undefined
    ? undefined
    : { medianMs: expectedMs, p10Ms: expectedMs, p90Ms: expectedMs, samples: 0 }
}

/** What is assumed for a task of unknown duration: the median of the known ones. `isKnown` tells whether there are any. */
export function usualDuration(
  tasks: readonly Expecting[],
  facts: Facts,
): { readonly ms: number; readonly isKnown: boolean } {
  const known = tasks.flatMap((task) => expectedOf(task, facts)?.medianMs ?? []).sort((a, b) => a - b)
  const below = known[Math.ceil(known.length / 2) - 1]
  const above = known[Math.floor(known.length / 2)]
  if (below === undefined || above === undefined) return { ms: anyMs, isKnown: false }
  return { ms: (below + above) / 2, isKnown: true }
}
