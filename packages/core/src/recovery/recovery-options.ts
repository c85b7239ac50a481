// How a run recovers, as its owner says it: which strategies there are beside the built-in ones, and where what is known of them
// comes from. Knowing helps; a run goes on without.
import { MusterError } from '../errors/muster-error.ts'
import { nearestName } from '../graph/nearest-name.ts'
import { builtInStrategies, unofferedStrategies } from './built-in-strategies.ts'
import type { RecoveryRecord } from './recovery-record.ts'
import type { RecoveryStrategy } from './recovery-strategy.ts'

/** Which strategies a run has. */
export interface StrategyOptions {
  /** Strategies of your own; one that has the name of a built-in one takes its place. @defaultValue none */
  readonly strategies?: readonly RecoveryStrategy[] | undefined
  /** Names of built-in strategies that are not used. @defaultValue none */
  readonly without?: readonly string[] | undefined
}

/** How the runs of an orchestrator recover. */
export interface RecoveryOptions extends StrategyOptions {
  /**
   * What is known of strategies, by `situationKey`; asked once a run. Where it throws or is silent the run goes on without, and
   * says so. @defaultValue nothing is known
   */
  readonly records?:
    (() => ReadonlyMap<string, RecoveryRecord> | Promise<ReadonlyMap<string, RecoveryRecord>>) | undefined
}

/**
 * The strategies that are left of the built-in ones, and those of one's own. Throws `OPTIONS_INVALID` for a name that is not there.
 *
 * @example
 * ```ts
 * strategiesOf({ without: ['skip'] }).some(({ name }) => name === 'skip') // => false
 * ```
 */
export function strategiesOf({ strategies = [], without = [] }: StrategyOptions): readonly RecoveryStrategy[] {
  const names = builtInStrategies.map(({ name }) => name)
  for (const name of without) {
    if (names.includes(name) || Object.hasOwn(unofferedStrategies, name)) continue
    const near = nearestName(name, names)
    throw new MusterError('OPTIONS_INVALID', {
      expected: `recovery.without to name built-in strategies (${names.join(', ')})`,
      got: JSON.stringify(name),
      remedy: near === undefined ? undefined : `Did you mean ${JSON.stringify(near)}?`,
    })
  }
  const own = new Set(strategies.map(({ name }) => name))
  if (own.size < strategies.length) {
    const twice = strategies.find(({ name }, at) => strategies.findIndex((other) => other.name === name) !== at)
    throw new MusterError('OPTIONS_INVALID', {
      expected: 'recovery strategies with names of their own',
      got: `two that are called ${JSON.stringify(twice?.name)}`,
    })
  }
  return [...builtInStrategies.filter(({ name }) => !own.has(name) && !without.includes(name)), ...strategies]
}
