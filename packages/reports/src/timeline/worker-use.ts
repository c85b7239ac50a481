// How busy each worker was. Idle capacity is where a shorter run would come from, so it is counted against what the worker
// could have done from the start of the run to its end.
import type { Timeline } from './timeline.ts'

/** How busy a worker was. */
export interface WorkerUse {
  readonly worker: string
  readonly slots: number
  readonly attempts: number
  /** Time of its attempts together, in milliseconds. */
  readonly busyMs: number
  /** `busyMs` as a part of what its slots offered during the run, from 0 to 1. */
  readonly share: number
  /** Most attempts at once. */
  readonly peak: number
}

/** Every worker of the run, in the order in which they joined. */
export function workerUse({ workers, attempts, endMs }: Timeline): readonly WorkerUse[] {
  const busy = workers.map(() => 0)
  const counts = workers.map(() => 0)
  for (const { worker, launchedAtMs, closedAtMs } of attempts) {
    busy[worker] = (busy[worker] ?? 0) + closedAtMs - launchedAtMs
    counts[worker] = (counts[worker] ?? 0) + 1
  }
  return workers.map(({ id, slots, lanes }, at) => {
    const busyMs = busy[at] ?? 0
    const offered = Math.max(slots, 1) * endMs
    return {
      worker: id,
      slots,
      attempts: counts[at] ?? 0,
      busyMs,
      share: offered === 0 ? 0 : Math.min(1, busyMs / offered),
      peak: (counts[at] ?? 0) === 0 ? 0 : lanes,
    }
  })
}
