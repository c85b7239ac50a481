// Rows for attempts: a worker with several slots does not say which of them ran an attempt, and a picture needs rows in which
// bars do not overlap. The lowest free row is taken, so a worker fills as many rows as it ever ran attempts at once.
import { MinHeap } from './min-heap.ts'

/** What has a place in time on a worker. */
export interface Placed {
  readonly worker: number
  readonly launchedAtMs: number
  readonly closedAtMs: number
}

/** The lane of each attempt, and how many lanes each worker fills. `attempts` are in the order of their launches. */
export function assignLanes(
  attempts: readonly Placed[],
  workers: number,
): { readonly lanes: readonly number[]; readonly counts: readonly number[] } {
  const rows = Array.from({ length: workers }, () => ({ busy: new MinHeap(), free: new MinHeap(), count: 0 }))
  const lanes = attempts.map(({ worker, launchedAtMs, closedAtMs }) => {
    const row = rows[worker]
    if (row === undefined) return 0
    while (row.busy.leastKey <= launchedAtMs) {
      const freed = row.busy.pop() ?? 0
      row.free.push(freed, freed)
    }
    const lane = row.free.pop() ?? row.count++
    row.busy.push(closedAtMs, lane)
    return lane
  })
  return { lanes, counts: rows.map(({ count }) => count) }
}
