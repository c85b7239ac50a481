// The cheapest place that there is: machines are paid by time, in money or in energy. It never waits for a cheaper one that
// is busy; who wants that has to hold tasks back.
import type { Policy, WorkerDefinition, TaskDefinition } from '@muster/core'

/** What running somewhere costs. */
export interface CostOptions {
  /** What a task costs on a worker, in any unit, 0 or more: of a class of workers, of a duration there, or of its energy. */
  readonly cost: (worker: WorkerDefinition, task: TaskDefinition) => number
}

/**
 * The order of definition, on the free worker where the task costs least. A cost that is none, such as `NaN`, is the dearest.
 *
 * *When to use*: some workers are paid for already, or burn less. Measure: `scheduleMetrics().cost`.
 *
 * @example
 * ```ts
 * costEfficient({ cost: ({ labels }) => (labels?.includes('spot') === true ? 0.3 : 1) })
 * ```
 */
export function costEfficient({ cost }: CostOptions): Policy {
  return {
    name: 'cost-efficient',
    key: ({ order }) => order,
    score: ({ definition: task }, { definition: worker }) => {
      const amount = cost(worker, task)
      return amount >= 0 ? 100 / (1 + amount) : 0
    },
  }
}
