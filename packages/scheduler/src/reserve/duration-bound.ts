// How long a task may take, for whoever keeps a place free: the ninetieth percentile of its past, else what its author asks
// for, never more than its time limit. A mean would be passed by half of all attempts, and every promise with them.
import type { TaskDefinition, TaskFacts } from '@muster/core'

/** Milliseconds by which an attempt is expected to be over, and where they come from. */
export interface DurationBound {
  readonly ms: number
  readonly from: 'history' | 'author' | 'limit' | 'assumed'
}

/** The bound of a task; `assumedMs` where neither its past, its author nor a time limit says anything. */
export function durationBound(
  definition: TaskDefinition,
  facts: TaskFacts | undefined,
  assumedMs: number,
): DurationBound {
  const limitMs = duration(definition.timeoutMs) ?? Infinity
  const pastMs = duration(facts?.duration?.p90Ms)
  if (pastMs !== undefined) return { ms: Math.min(pastMs, limitMs), from: 'history' }
  const askedMs = duration(definition.expectedMs)
  if (askedMs !== undefined) return { ms: Math.min(askedMs, limitMs), from: 'author' }
  return limitMs < Infinity ? { ms: limitMs, from: 'limit' } : { ms: assumedMs, from: 'assumed' }
}

function duration(ms: number | undefined): number | undefined {
  return ms !== undefined && Number.isFinite(ms) && ms >= 0 ? ms : undefined
}
