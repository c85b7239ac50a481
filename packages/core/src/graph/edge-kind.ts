// Kinds of edges as the numbers that typed arrays hold. The order is from the strongest to the weakest, so that one
// comparison tells whether an edge waits.
import type { DependencyKind } from '../model/dependency.ts'

/** The number of a hard edge in {@link GraphEdges}. */
export const HARD = 0
/** The number of a soft edge in {@link GraphEdges}. */
export const SOFT = 1
/** The number of an optional edge in {@link GraphEdges}: it waits for nothing. */
export const OPTIONAL = 2

/** Kinds of edges by the number that {@link GraphEdges} holds for them. */
export const edgeKinds: readonly DependencyKind[] = ['hard', 'soft', 'optional']

/** The number of a kind, or -1 for what is no kind. */
export function edgeKindNumber(kind: unknown): number {
  if (kind === undefined || kind === 'hard') return HARD
  if (kind === 'soft') return SOFT
  return kind === 'optional' ? OPTIONAL : -1
}

/** The word for a number of {@link GraphEdges}. */
export function edgeKindName(kind: number | undefined): DependencyKind {
  return edgeKinds[kind ?? HARD] ?? 'hard'
}
