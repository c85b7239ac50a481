// By which policy a kept run is decided again.
import type { Policy } from '@muster/core'
import { namedStrategies, type StrategyName } from '../strategy/strategy-names.ts'
import type { KeptProject } from './open-project.ts'
import { strategyFor } from './prepare.ts'

/** The strategy asked for, or the one that the run was decided by: one that comes with Muster, or the configuration's own. */
export async function policyOfRun(
  kept: KeptProject,
  asked: StrategyName | undefined,
  noted: string | undefined,
): Promise<Policy> {
  const named = asked ?? namedStrategies.find((name) => name === noted)
  const own = named === undefined && noted !== undefined ? (await kept.whole()).config.strategy : undefined
  const strategy = typeof own === 'object' && own.name === noted ? own : (named ?? 'fifo')
  return (await strategyFor(strategy, { tasks: [], facts: {} })).policy
}
