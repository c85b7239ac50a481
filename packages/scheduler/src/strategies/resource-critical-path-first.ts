// Chains of dependencies say how long a run takes on workers without end; this says how long it takes on those there are. The
// run is rehearsed once forwards, by the longest chain, and once backwards from its end; the time before the end at which a
// task began then is what it has to leave for all that comes after it. With one resource that nobody shares it is
// critical-path-first.
import type { Policy } from '@muster/core'
import { keyedByTask } from '../plan/keyed-by-task.ts'
import { expectedDurations, type PlanQuestion } from '../plan/plan-question.ts'
import { readProblem } from '../plan/read-problem.ts'
import { Rehearsals, tailsOf } from '../plan/rehearse.ts'

/**
 * The task first behind which the most time is still needed, with resources counted and not dependencies alone.
 *
 * *When to use*: tasks that are known beforehand, depend on one another and compete for scarce resources.
 *
 * Details: two rehearsals of the whole run when it is made, and nothing more than a look-up for each task afterwards. A task
 * that was added later counts by its own duration, and comes before all where that is unknown.
 *
 * @example
 * ```ts
 * const graph = requireGraph(buildGraph(tasks))
 * const workers = [{ id: 'lab', engine: 'local', kinds: ['unit'], capacity: { slots: 4, device: 1 } }]
 * createOrchestrator({ executors, policy: resourceCriticalPathFirst({ graph, workers }) })
 * ```
 */
export function resourceCriticalPathFirst(question: PlanQuestion): Policy {
  const durations = expectedDurations(question)
  const problem = readProblem({ ...question, durationMs: durations.on })
  const rehearsals = new Rehearsals(problem)
  const chains = tailsOf(problem, durations.leastMs).map((ms) => 0 - ms)
  const key = rehearsals.backwards(rehearsals.forwards(chains))
  return keyedByTask('resource-critical-path-first', { graph: question.graph, key })
}
