// Since when nobody could run a task. The kernel asks this once for all tasks that need the same, so a task may be told that
// it has no worker sooner than it waited itself, but never sooner than anybody waited who needs the same.
import type { Model, ModelTask } from './model.ts'
import { suits } from './placeable.ts'

/** Remembers who waits for a worker that is not there. */
export class Loneliness {
  readonly #byTask = new Map<number, number>()
  readonly #byNeeds = new Map<string, number>()

  /** The run was opened anew: what was seen before is not remembered. */
  forget(): void {
    this.#byTask.clear()
    this.#byNeeds.clear()
  }

  /** Looks at the tasks that are ready; `isFree` says of one whether it waits for nothing but a worker. */
  look(model: Model, ready: readonly ModelTask[], isFree: (task: ModelTask) => boolean): void {
    const seen = new Map<number, number>()
    for (const task of ready) {
      if (model.workers.some((worker) => suits(worker, task))) {
        if (this.#byNeeds.size > 0) this.#byNeeds.delete(task.needsKey)
        continue
      }
      if (isFree(task)) seen.set(task.handle, this.#byTask.get(task.handle) ?? model.atMs)
      if (!this.#byNeeds.has(task.needsKey)) this.#byNeeds.set(task.needsKey, model.atMs)
    }
    this.#byTask.clear()
    for (const [task, sinceMs] of seen) this.#byTask.set(task, sinceMs)
  }

  /** Since when the task itself waits. */
  ownSinceMs(task: ModelTask): number | undefined {
    return this.#byTask.get(task.handle)
  }

  /** Since when somebody waits who needs the same. */
  sinceMs(task: ModelTask): number | undefined {
    return this.#byNeeds.get(task.needsKey)
  }
}
