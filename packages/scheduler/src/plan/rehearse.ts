// Goes through a run before it begins, forwards and backwards, to learn how much time each task has to leave for all that
// comes after it once that waits for resources too. Chains alone know nothing of those: where many chains want the same
// resource, the end is later than the longest of them says.
import { ParallelScheduler } from './parallel-schedule.ts'
import { type PlanProblem, ranksBy, reversed, type Schedule } from './plan-problem.ts'

/** A key by node, the smaller the earlier, and the schedule that it makes. */
export interface Rehearsal {
  readonly key: Float64Array
  readonly schedule: Schedule
}

/** Makes schedules of a problem forwards and backwards. */
export class Rehearsals {
  readonly #problem: PlanProblem
  readonly #backward: PlanProblem
  readonly #forwards: ParallelScheduler
  readonly #backwards: ParallelScheduler

  constructor(problem: PlanProblem) {
    this.#problem = problem
    this.#backward = reversed(problem)
    this.#forwards = new ParallelScheduler(problem)
    this.#backwards = new ParallelScheduler(this.#backward)
  }

  /** The schedule that a key makes. */
  forwards(key: Float64Array): Rehearsal {
    return { key, schedule: this.#forwards.generate(ranksBy(this.#problem, (node) => key[node] ?? 0)) }
  }

  /**
   * How long before the end each task began, negated, when the run was made backwards from its last task: what ended last
   * first. A task with a long way to the end comes early, resources and all.
   */
  backwards({ schedule }: Rehearsal): Float64Array {
    const ends = endsOf(this.#problem, schedule)
    const back = this.#backwards.generate(ranksBy(this.#backward, (node) => -(ends[node] ?? 0)))
    return endsOf(this.#problem, back).map((ms) => 0 - ms)
  }
}

/** When each node ends. */
export function endsOf({ durations, workers, nodes }: PlanProblem, schedule: Schedule): Float64Array {
  const ends = new Float64Array(nodes)
  for (let node = 0; node < nodes; node++) {
    const worker = schedule.workers[node] ?? -1
    ends[node] = (schedule.startsMs[node] ?? 0) + (worker < 0 ? 0 : (durations[node * workers + worker] ?? 0))
  }
  return ends
}

/** The longest chain that hangs on each node, itself included, on the quickest workers. */
export function tailsOf({ order, followers, nodes }: PlanProblem, leastMs: Float64Array): Float64Array {
  const tails = new Float64Array(nodes)
  for (let at = nodes - 1; at >= 0; at--) {
    const node = order[at] ?? 0
    let longest = 0
    for (let i = followers.starts[node] ?? 0; i < (followers.starts[node + 1] ?? 0); i++)
      longest = Math.max(longest, tails[followers.packed[i] ?? 0] ?? 0)
    tails[node] = longest + (leastMs[node] ?? 0)
  }
  return tails
}
