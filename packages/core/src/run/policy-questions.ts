// What the placement asks the policy, and what it makes of the answers. A policy is somebody else's code: an answer that is
// none, or a throw, ends the step before anything of it counts, and names the policy and the task.
import { nameAndMessageOf } from '../errors/message-of.ts'
import { MusterError } from '../errors/muster-error.ts'
import type { Policy, Rejection, WorkerView } from '../ports/policy.ts'
import type { GraphFacts } from './graph-facts.ts'
import type { Key } from './ready-queue.ts'
import type { RunState } from './run-state.ts'
import { TaskOfRun } from './task-of-run.ts'

/** What the policy thinks of a task on a worker. */
export type Opinion =
  { readonly kind: 'admitted'; readonly score: number } | { readonly kind: 'refused'; readonly rejection: Rejection }

/** Asks one policy about the tasks and workers of one run. */
export class PolicyQuestions {
  /** What was worked out from the graph; policies that look at chains read it. */
  graph: GraphFacts = {}
  /** Whether it may refuse workers, and whether it may do so or prefer some. */
  readonly refuses: boolean
  readonly isChoosy: boolean
  readonly #state: RunState
  readonly #policy: Policy

  constructor(state: RunState, policy: Policy) {
    this.#state = state
    this.#policy = policy
    this.refuses = policy.admit !== undefined
    this.isChoosy = this.refuses || policy.score !== undefined
  }

  /** How early a ready task goes. */
  key(task: number): Key {
    let key: Key
    try {
      key = this.#policy.key(this.#view(task))
    } catch (cause) {
      throw this.#threw('key', task, cause)
    }
    if (typeof key === 'number' ? !Number.isNaN(key) : key.length > 0 && !key.some((number) => Number.isNaN(number)))
      return key
    throw new MusterError('POLICY_FAILED', {
      expected: `a key of numbers from policy ${this.#policy.name} for ${this.#state.tasks.id(task)}`,
      got: JSON.stringify(key, (_, value: unknown) => (Number.isNaN(value) ? 'NaN' : value)),
    })
  }

  /** Whether a task may run on a worker that has room for it, and how well it suits there. */
  opinion(task: number, worker: number): Opinion {
    const view = this.#view(task)
    const workerView = this.#workerView(worker)
    try {
      const rejection = this.#policy.admit?.(view, workerView)
      return rejection === undefined
        ? { kind: 'admitted', score: this.#policy.score?.(view, workerView) ?? 0 }
        : { kind: 'refused', rejection }
    } catch (cause) {
      throw this.#threw('admit or score', task, cause)
    }
  }

  #threw(method: string, task: number, cause: unknown): MusterError {
    return new MusterError('POLICY_FAILED', {
      expected: `policy ${this.#policy.name} to answer ${method} for ${this.#state.tasks.id(task)}`,
      got: nameAndMessageOf(cause),
      cause,
    })
  }

  #view(task: number): TaskOfRun {
    return new TaskOfRun(task, this.#state, this.graph)
  }

  #workerView(worker: number): WorkerView {
    const { workers } = this.#state
    return { definition: workers.definition(worker), free: (resource) => workers.freeByName(worker, resource) }
  }
}
