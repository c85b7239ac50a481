// Strategies as a person names them, in a configuration or on the command line.
import { MusterError, type Policy } from '@muster/core'
import { nearestName } from '@muster/core/graph'
import { deadlineAware } from '../deadline/deadline-aware.ts'
import { earliestDeadlineFirst, leastSlackFirst } from '../deadline/deadline-strategies.ts'
import { patientBackfill } from '../reserve/patient-backfill.ts'
import { affinity } from '../strategies/affinity.ts'
import { hardwareMatch } from '../strategies/hardware-match.ts'
import { likelyToFailFirst } from '../strategies/likely-to-fail-first.ts'
import { loadBalanced } from '../strategies/load-balanced.ts'
import { performanceBased } from '../strategies/performance-based.ts'
import { priorityFirst } from '../strategies/priority-first.ts'
import { roundRobin } from '../strategies/round-robin.ts'
import { seededShuffle } from '../strategies/seeded-shuffle.ts'
import { shortestFirst } from '../strategies/shortest-first.ts'
import { criticalPathFirst } from '../strategies/critical-path-first.ts'
import { fifo } from '../strategies/fifo.ts'
import { hedgedLongestFirst } from '../predict/hedged-longest-first.ts'
import { largestFirst } from '../strategies/largest-first.ts'
import { longestFirst } from '../strategies/longest-first.ts'
import { resourceFit } from '../strategies/resource-fit.ts'

const strategies: ReadonlyMap<string, () => Policy> = new Map<string, () => Policy>([
  ['fifo', fifo],
  ['longest-first', longestFirst],
  ['largest-first', largestFirst],
  ['hedged-longest-first', () => hedgedLongestFirst()],
  ['critical-path-first', criticalPathFirst],
  ['resource-fit', () => resourceFit()],
  ['shortest-first', shortestFirst],
  ['priority-first', () => priorityFirst()],
  ['likely-to-fail-first', () => likelyToFailFirst()],
  ['round-robin', roundRobin],
  ['load-balanced', loadBalanced],
  ['performance-based', performanceBased],
  ['hardware-match', () => hardwareMatch()],
  ['affinity', () => affinity()],
  ['seeded-shuffle', () => seededShuffle()],
  ['backfill', () => patientBackfill()],
  ['deadline', earliestDeadlineFirst],
  ['least-slack', leastSlackFirst],
  ['deadline-aware', () => deadlineAware()],
])

/** Every name that {@link strategyByName} knows, the plainest first. */
export const strategyNames: readonly string[] = [...strategies.keys()]

/**
 * The strategy of that name with its defaults; throws `OPTIONS_INVALID`, with the nearest name, where there is none.
 *
 * @example
 * ```ts
 * strategyByName('longest-first').name // => 'longest-first'
 * ```
 */
export function strategyByName(name: string): Policy {
  const make = strategies.get(name)
  if (make !== undefined) return make()
  const nearest = nearestName(name, strategyNames)
  throw new MusterError('OPTIONS_INVALID', {
    expected: `a strategy among ${strategyNames.join(', ')}`,
    got: JSON.stringify(name),
    ...(nearest === undefined ? {} : { remedy: `Did you mean ${nearest}?` }),
  })
}
