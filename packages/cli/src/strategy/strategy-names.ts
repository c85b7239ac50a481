// The names by which the configuration and the command line ask for an order and for a number of slots; both read this list.
import type { SlotStrategy } from '@muster/core'

/** The strategies that come with Muster. */
export const namedStrategies = [
  'fifo',
  'longest-first',
  'largest-first',
  'hedged-longest-first',
  'critical-path-first',
  'resource-fit',
  'shortest-first',
  'priority-first',
  'likely-to-fail-first',
  'round-robin',
  'load-balanced',
  'performance-based',
  'hardware-match',
  'affinity',
  'seeded-shuffle',
  'backfill',
  'deadline',
  'least-slack',
  'deadline-aware',
] as const

/** Names of the strategies that come with Muster; `auto` takes the one that suits what is known. */
export type StrategyName = 'auto' | (typeof namedStrategies)[number]

/** {@link StrategyName} as a list. */
export const strategyChoices: readonly StrategyName[] = ['auto', ...namedStrategies]

/** How the number of slots may be chosen. */
export const slotStrategies: readonly SlotStrategy[] = [
  'simple',
  'max-parallel',
  'resource-aware',
  'deadline-based',
  'adaptive',
]
