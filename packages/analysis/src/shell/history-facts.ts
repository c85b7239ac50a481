// What the history says of tasks, in the shape that `createOrchestrator({ facts })` asks for.
import type { Store, TaskFacts } from '@muster/core'
import { factsOfSummary } from '../history/facts-of-summary.ts'
import type { TaskName } from '../history/record-key.ts'
import type { TaskSummary } from '../history/task-summary.ts'
import { readSummaries } from './task-history.ts'

/**
 * Facts by task id, of the given tasks or of all that the history knows. A task of which nothing is known is not in it.
 *
 * Gotchas: where all are asked for and two kinds share an id, the one seen last speaks.
 *
 * @example
 * ```ts
 * const muster = createOrchestrator({ executors, store, facts: (tasks) => historyFacts(store, tasks) })
 * ```
 */
export async function historyFacts(
  store: Store,
  tasks?: readonly TaskName[],
): Promise<Readonly<Record<string, TaskFacts>>> {
  const latest = new Map<string, TaskSummary>()
  for (const summary of await readSummaries(store, tasks)) {
    const other = latest.get(summary.id)
    if (other === undefined || other.lastSeen.atWallMs <= summary.lastSeen.atWallMs) latest.set(summary.id, summary)
  }
  const facts: Record<string, TaskFacts> = {}
  // An id may be any text, also the name of something that every object inherits.
  Reflect.setPrototypeOf(facts, null)
  for (const [id, summary] of latest) {
    const known = factsOfSummary(summary)
    if (known !== undefined) facts[id] = known
  }
  return facts
}
