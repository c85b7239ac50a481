// What is worked out from the whole graph before a run begins. The kernel gets on without it; policies that look at chains
// do not.
import type { ResolvedEdges } from './resolved-edges.ts'

/** What is worked out from the whole graph beforehand, by task handle. */
export interface GraphFacts {
  /** Position in the topological order. */
  readonly order?: ArrayLike<number> | undefined
  readonly criticalPathMs?: ArrayLike<number> | undefined
  /** Edges by handle, if the graph was built from the tasks that the run begins with. */
  readonly resolved?: ResolvedEdges | undefined
}
