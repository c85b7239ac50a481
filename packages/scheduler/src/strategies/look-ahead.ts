// No rule orders every graph best, and which of them does can be known before the run: each is rehearsed, and the run
// follows the one that ends first. So it is never worse than the longest chain first, as far as durations are what they
// were expected to be.
import type { Policy } from '@muster/core'
import { keyedByTask } from '../plan/keyed-by-task.ts'
import { expectedDurations, type PlanQuestion } from '../plan/plan-question.ts'
import { readProblem } from '../plan/read-problem.ts'
import { type Rehearsal, Rehearsals, tailsOf } from '../plan/rehearse.ts'

/**
 * The best of four rules, each rehearsed on the whole graph before the run: the longest chain behind a task with its own
 * duration and without it, and each of these again with what resources add, as {@link resourceCriticalPathFirst} works it
 * out.
 *
 * *When to use*: tasks that are known beforehand and have a history. Where even better is worth seconds, see
 * `planSchedule`.
 *
 * Details: six rehearsals when it is made, each near-linear in tasks and edges; nothing more than a look-up for each task
 * afterwards. Memory grows with tasks times workers. A task that was added later counts by its own duration.
 *
 * @example
 * ```ts
 * const graph = requireGraph(buildGraph(tasks))
 * const workers = [{ id: 'lab', engine: 'local', kinds: ['unit'], capacity: { slots: 4, device: 1 } }]
 * createOrchestrator({ executors, policy: lookAhead({ graph, workers }) })
 * ```
 */
export function lookAhead(question: PlanQuestion): Policy {
  const { graph, workers } = question
  const durations = expectedDurations(question)
  const problem = readProblem({ ...question, durationMs: durations.on })
  const tails = tailsOf(problem, durations.leastMs)
  const { key, schedule } = bestOf(rehearseAll(new Rehearsals(problem), tails, durations.leastMs))
  const keyed = keyedByTask('look-ahead', { graph, key })
  if (workers.length <= 1) return keyed
  const placed = new Map(workers.map(({ id }, at) => [id, at]))
  return {
    ...keyed,
    score: ({ definition }, { definition: { id } }) =>
      graph.has(definition.id) && schedule.workers[graph.handle(definition.id)] === placed.get(id) ? 100 : 0,
  }
}

function rehearseAll(rehearsals: Rehearsals, tails: Float64Array, leastMs: Float64Array): readonly Rehearsal[] {
  const chains = rehearsals.forwards(tails.map((ms) => 0 - ms))
  const after = rehearsals.forwards(tails.map((ms, node) => (leastMs[node] ?? 0) - ms))
  return [chains, after, ...[chains, after].map((each) => rehearsals.forwards(rehearsals.backwards(each)))]
}

/** The first of the shortest. */
function bestOf(all: readonly Rehearsal[]): Rehearsal {
  return all.reduce((best, each) => (each.schedule.makespanMs < best.schedule.makespanMs ? each : best))
}
