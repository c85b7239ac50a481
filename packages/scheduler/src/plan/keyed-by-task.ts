// A policy that looks its keys up: what strategies come to that worked them out for a whole graph.
import type { Policy, TaskDefinition } from '@muster/core'
import type { Graph } from '@muster/core/graph'
import { expectedDurationMs } from '../strategy/expected-duration.ts'
import { longerFirstKey } from '../strategy/longer-first-key.ts'

/** Keys by handle of the graph. */
export interface TaskKeys {
  readonly graph: Graph<TaskDefinition>
  /** Minus the milliseconds that a task has to leave until the end of the run, by handle. */
  readonly key: Float64Array
}

/** Orders tasks by such keys; those that the graph does not know by their own duration. */
export function keyedByTask(name: string, { graph, key }: TaskKeys): Policy {
  return {
    name,
    key: ({ definition, facts }) => {
      const known = graph.has(definition.id) ? key[graph.handle(definition.id)] : undefined
      return known ?? longerFirstKey(expectedDurationMs(definition, facts))
    },
  }
}
