// Each task to the worker with the most room left. A worker is as free as its scarcest resource: what stays of memory helps
// nobody where no core is free.
import type { Policy, WorkerView } from '@muster/core'

/**
 * The order of definition, on the worker of whose capacity the largest share is free.
 *
 * *When to use*: attempts on one worker slow each other down. Measure: most that ever runs on one worker at the same time.
 */
export function loadBalanced(): Policy {
  return { name: 'load-balanced', key: ({ order }) => order, score: (_, worker) => 100 * freeShare(worker) }
}

/** Share of its scarcest resource that is free on a worker, 0 to 1. */
function freeShare(worker: WorkerView): number {
  let least = 1
  for (const [resource, capacity] of Object.entries(worker.definition.capacity)) {
    if (!(capacity > 0)) continue
    const share = worker.free(resource) / capacity
    if (share < least) least = share
  }
  return Math.max(0, least)
}
