// Packing: the task that takes the largest part of a worker goes first and each task goes where it leaves the least over,
// "best fit decreasing". Small tasks placed first would leave free a bit of every worker and enough of none.
//
// How large a task is: its dominant share, the largest of its needs each as a part of a reference capacity (Ghodsi et al.,
// "Dominant Resource Fairness", NSDI 2011). How well it fits: the length of the vector of what stays free, each resource as
// a part of the worker's capacity (the norm rule of Panigrahy, Talwar, Uyeda and Wieder, "Heuristics for Vector Bin
// Packing", 2011). What stays free counts for all that the worker offers, so a task that needs no gpu goes to a worker
// without one where it can.
import { MusterError, type Policy, type TaskDefinition, type WorkerView } from '@muster/core'
import { andThen } from '../strategy/and-then.ts'
import { fifo } from './fifo.ts'

/** How tasks are packed. */
export interface ResourceFitOptions {
  /**
   * What a whole worker has, by resource name: needs are measured against it. A resource it does not name counts by
   * {@link referenceCapacity}, and one that neither names as a whole worker for each unit.
   * @defaultValue {@link referenceCapacity}
   */
  readonly capacity?: Readonly<Record<string, number>> | undefined
  /** Orders tasks of the same size. @defaultValue `fifo()` */
  readonly then?: Policy | undefined
}

/** A middling worker: 8 slots, 8 cores, 32 GiB, one gpu of 16 GiB. Only proportions between resources rest on it. */
export const referenceCapacity: Readonly<Record<string, number>> = {
  slots: 8,
  cpu: 8,
  memory: 32 * 2 ** 30,
  gpu: 1,
  'gpu-memory': 16 * 2 ** 30,
}

/**
 * The task with the largest dominant share first, on the worker that it fills best.
 *
 * *When to use*: tasks that need different amounts of cpu, memory or gpu.
 *
 * *Gotchas*: nothing is kept free for a large task that is not ready yet; until it is, small ones take what there is.
 *
 * @example
 * ```ts
 * resourceFit({ capacity: { cpu: 16, memory: 64 * 2 ** 30 }, then: longestFirst() })
 * ```
 */
export function resourceFit(options: ResourceFitOptions = {}): Policy {
  const { then = fifo() } = options
  const capacity = new Map(Object.entries({ ...referenceCapacity, ...options.capacity }))
  for (const [resource, amount] of capacity) {
    if (Number.isFinite(amount) && amount > 0) continue
    throw new MusterError('OPTIONS_INVALID', {
      expected: `capacity.${resource} to be a positive number`,
      got: String(amount),
      remedy: 'Leave out what a worker does not have.',
    })
  }
  const largestFirst: Policy = {
    name: 'resource-fit',
    key: ({ definition }) => 0 - dominantShare(definition, capacity),
    score: ({ definition }, worker) => fitScore(definition, worker),
  }
  return andThen(largestFirst, then)
}

/** What a task holds while it runs: one slot unless it says otherwise. */
export function effectiveNeeds({ needs }: TaskDefinition): Readonly<Record<string, number>> {
  return { slots: 1, ...needs?.resources }
}

function dominantShare(definition: TaskDefinition, capacity: ReadonlyMap<string, number>): number {
  let largest = 0
  for (const [resource, amount] of Object.entries(effectiveNeeds(definition))) {
    const share = amount / (capacity.get(resource) ?? 1)
    if (share > largest) largest = Math.min(share, Number.MAX_VALUE)
  }
  return largest
}

/** 100 where nothing stays free, 0 where everything does. */
function fitScore(definition: TaskDefinition, worker: WorkerView): number {
  const needs = effectiveNeeds(definition)
  let squares = 0
  let resources = 0
  for (const [resource, capacity] of Object.entries(worker.definition.capacity)) {
    if (!(capacity > 0)) continue
    const left = (worker.free(resource) - (needs[resource] ?? 0)) / capacity
    squares += Math.min(1, Math.max(0, left)) ** 2
    resources++
  }
  return resources === 0 ? 0 : 100 * (1 - Math.sqrt(squares / resources))
}
