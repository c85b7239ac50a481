// An order turned round: where each node stands in it. Whoever sorts or compares by the order asks for this again and again.
import type { ReadonlyInts } from './readonly-ints.ts'

/** The position of each handle in an order that holds every handle once. */
export function ranksOf(order: ReadonlyInts): Int32Array {
  const ranks = new Int32Array(order.length)
  for (let at = 0; at < order.length; at++) ranks[order[at] ?? 0] = at
  return ranks
}
