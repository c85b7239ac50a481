// When an attempt was handed to a slot. A worker that takes attempts ahead lets them wait for one, first come first served,
// and a picture that counted this as work would show more at once than ever ran.
import { MinHeap } from './min-heap.ts'

/** An attempt with its worker. */
export interface Launched {
  readonly worker: number
  readonly launchedAtMs: number
  /** Absent where it never began. */
  readonly startedAtMs: number | undefined
  readonly closedAtMs: number
}

/** The moment of each of `launched`, which are in the order in which they began; `slots` by worker, where it is known. */
export function handOver(launched: readonly Launched[], slots: readonly (number | undefined)[]): readonly number[] {
  const taken = slots.map(() => new MinHeap())
  return launched.map(({ worker, launchedAtMs, startedAtMs, closedAtMs }) => {
    const busy = taken[worker]
    if (busy === undefined) return launchedAtMs
    if (busy.size < (slots[worker] ?? Infinity)) {
      busy.push(closedAtMs, 0)
      return launchedAtMs
    }
    const freeAtMs = busy.leastKey
    // Given back before there was a slot for it, it never took one.
    if (startedAtMs === undefined && closedAtMs <= freeAtMs) return closedAtMs
    // What needs a part of a slot begins beside others: its own word goes before the count.
    const handedAtMs = Math.max(launchedAtMs, Math.min(freeAtMs, startedAtMs ?? closedAtMs))
    busy.pop()
    busy.push(closedAtMs, 0)
    return handedAtMs
  })
}
