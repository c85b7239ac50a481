// Makes one order of two schedules: a stretch of the first in which the resources are used best stays together, and around
// it everything stands as in the second ("two-point crossover by total resource utilisation", Debels and Vanhoucke 2007).
// What makes a schedule good is which tasks run beside one another, and that is what a stretch keeps.
import type { SidedSchedule } from './two-sided.ts'

/** What is crossed. */
export interface Pair {
  readonly first: SidedSchedule
  readonly second: SidedSchedule
  /** How many nodes of the first stay together. */
  readonly length: number
  /** Share of all resources times duration, by node. */
  readonly energy: Float64Array
}

/** The order of a child, for the other end. */
export function crossed({ first, second, length, energy }: Pair): Int32Array {
  const { order, endsMs, makespanMs } = first
  const nodes = order.length
  const from = busiestStretch({ first, length, energy })
  const isKept = new Uint8Array(nodes)
  for (let at = from; at < from + length; at++) isKept[order[at] ?? 0] = 1
  // What ends after the stretch in the second, its length stretched to that of the first, stays before it.
  const untilMs = ((endsMs[order[from] ?? 0] ?? 0) * second.makespanMs) / makespanMs
  const child = new Int32Array(nodes)
  let size = 0
  let at = 0
  for (; at < nodes; at++) {
    const node = second.order[at] ?? 0
    if ((second.endsMs[node] ?? 0) < untilMs) break
    if (isKept[node] === 0) child[size++] = node
  }
  child.set(order.subarray(from, from + length), size)
  size += length
  for (; at < nodes; at++) {
    const node = second.order[at] ?? 0
    if (isKept[node] === 0) child[size++] = node
  }
  return child
}

/** Where the stretch begins that uses the most in the least time. */
function busiestStretch({ first: { order, endsMs }, length, energy }: Omit<Pair, 'second'>): number {
  const nodes = order.length
  let used = 0
  for (let at = 0; at < length; at++) used += energy[order[at] ?? 0] ?? 0
  let best = 0
  let bestUse = -1
  for (let at = 0; at + length <= nodes; at++) {
    const lastMs = endsMs[order[at] ?? 0] ?? 0
    const beforeMs = at + length < nodes ? (endsMs[order[at + length] ?? 0] ?? 0) : 0
    const use = lastMs > beforeMs ? used / (lastMs - beforeMs) : 0
    if (use > bestUse) {
      bestUse = use
      best = at
    }
    used += (energy[order[at + length] ?? -1] ?? 0) - (energy[order[at] ?? 0] ?? 0)
  }
  return best
}
