// Edges as a kernel wants them: no objects, a number for each end of each edge.
import type { ReadonlyInts } from './readonly-ints.ts'

/**
 * Every dependency as its author wrote it, each column by the number of the edge. Edges of one task lie together, in the
 * order of its `dependsOn`. Memberships are not edges here.
 */
export interface GraphEdges {
  readonly count: number
  /** Handle of the task that depends. */
  readonly from: ReadonlyInts
  /** Handle of the task or group it depends on. */
  readonly to: ReadonlyInts
  /** {@link HARD}, {@link SOFT} or {@link OPTIONAL}. */
  readonly kind: ReadonlyInts
  /** By handle, where the edges of each node begin; one more for the end of the last. */
  readonly starts: ReadonlyInts
  /** Time limits in milliseconds, of those edges that have one. */
  readonly timeLimits: ReadonlyMap<number, number>
  /** Optional edges that do not order, since they would close a cycle. */
  readonly leftOut: ReadonlySet<number>
}
