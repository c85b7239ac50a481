// What plugins may know of a task beyond its definition. Worked out when it is read: most plugins read none of it, and each
// of them is asked for every task.
import { expectedDurationMs } from '../strategy/expected-duration.ts'
import type { PassRates } from './pass-rates.ts'
import type { PluginFacts, PluginTask } from './plugin.ts'

/** What is known of a task, read when it is asked for. */
export class FactsOfRun implements PluginFacts {
  readonly #task: PluginTask
  readonly #rates: PassRates

  constructor(task: PluginTask, rates: PassRates) {
    this.#task = task
    this.#rates = rates
  }

  get past(): PluginFacts['past'] {
    return this.#task.facts
  }

  get expectedMs(): number | undefined {
    return expectedDurationMs(this.#task.definition, this.#task.facts)
  }

  passRateOn(workerClass: string): number {
    return this.#rates.rate(this.#task.kind, workerClass)
  }
}
