// What a policy sees of a task, read when it is asked for: most policies look at one or two fields, and each of the others
// would be a look into memory for every task of the run.
import type { TaskFacts } from '../model/facts.ts'
import type { TaskDefinition } from '../model/task.ts'
import type { TaskView } from '../ports/policy.ts'
import type { GraphFacts } from './graph-facts.ts'
import type { RunState } from './run-state.ts'

/** A task of a run as a policy sees it. */
export class TaskOfRun implements TaskView {
  readonly handle: number
  readonly #state: RunState
  readonly #graph: GraphFacts

  constructor(handle: number, state: RunState, graph: GraphFacts) {
    this.handle = handle
    this.#state = state
    this.#graph = graph
  }

  get definition(): TaskDefinition {
    return this.#state.tasks.definition(this.handle)
  }

  get facts(): TaskFacts | undefined {
    return this.#state.tasks.facts.get(this.handle)
  }

  get order(): number {
    return this.#graph.order?.[this.handle] ?? this.handle
  }

  get criticalPathMs(): number | undefined {
    return this.#graph.criticalPathMs?.[this.handle]
  }

  get attempts(): number {
    return this.#state.tasks.n(this.handle)
  }

  get nowMs(): number {
    return this.#state.atMs
  }
}
