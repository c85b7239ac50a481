// What a policy sees of a worker, read when it is asked for. One object a worker serves the whole run: a policy that likes to
// choose is asked about the same workers for every task.
import type { WorkerDefinition } from '../model/worker.ts'
import type { WorkerView } from '../ports/policy.ts'
import type { WorkerTable } from './worker-table.ts'

/** A worker of a run as a policy sees it. */
export class WorkerOfRun implements WorkerView {
  readonly #worker: number
  readonly #workers: WorkerTable

  constructor(worker: number, workers: WorkerTable) {
    this.#worker = worker
    this.#workers = workers
  }

  get definition(): WorkerDefinition {
    return this.#workers.definition(this.#worker)
  }

  free(resource: string): number {
    return this.#workers.freeByName(this.#worker, resource)
  }
}
