// How long a task will probably take, for every strategy that orders by time: history first, then what its author says.
// Where neither says anything the answer is nothing, never zero: a new test must not be taken for a short one.
import type { TaskDefinition, TaskFacts } from '@muster/core'

/** Expected duration in milliseconds: the median of the past, else the author's `expectedMs`, else unknown. */
export function expectedDurationMs(
  definition: Pick<TaskDefinition, 'expectedMs'>,
  facts: TaskFacts | undefined,
): number | undefined {
  return asDuration(facts?.duration?.medianMs) ?? asDuration(definition.expectedMs)
}

/** What no duration can be is as good as not said. */
function asDuration(ms: number | undefined): number | undefined {
  return ms !== undefined && Number.isFinite(ms) && ms >= 0 ? ms : undefined
}
