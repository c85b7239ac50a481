// Workers in turn: whoever got a task longest ago gets the next one. What it remembers is folded from the run's own launches.
import type { Policy } from '@muster/core'

/**
 * The order of definition, and workers one after another.
 *
 * *When to use*: workers wear out or are billed by use, and none should get everything. Measure: launches on the busiest worker.
 */
export function roundRobin(): Policy {
  const lastTurn = new Map<string, number>()
  let turns = 0
  return {
    name: 'round-robin',
    key: ({ order }) => order,
    score: (_, { definition: { id } }) => 100 * (1 - (lastTurn.get(id) ?? 0) / (turns + 1)),
    observe: (happening) => {
      if (happening.kind === 'launched') lastTurn.set(happening.worker.definition.id, ++turns)
      return undefined
    },
    forRun: roundRobin,
  }
}
