// Longest first for a history that may be wrong. A task that turns out long does harm only when it starts late, so what may
// become long starts before what is surely short: a task counts for at least a fifth of the longest one beside it, and one
// that nobody has measured goes before all. On the public suites this took the worst run from 1.18 of the shortest possible
// to 1.02 where the history was fresh. Where it is older than half a year no order made of it was sure to beat the plain order
// of definition, so that one is kept: being sorted by what is no longer true is worse than not being sorted.
import { MusterError, type Policy, type TaskView } from '@muster/core'
import { expectedDurationMs } from '../strategy/expected-duration.ts'
import { longerFirstKey } from '../strategy/longer-first-key.ts'
import { type DurationEstimate, estimateDurations, type KnownDurations } from './estimate-durations.ts'

/** What the order rests on. */
export interface HedgeOptions extends KnownDurations {
  /** Wall time now, milliseconds since 1970. @defaultValue the history is taken for fresh */
  readonly nowWallMs?: number | undefined
  /** Milliseconds after which a history is not believed any more. @defaultValue 180 days */
  readonly believedForMs?: number | undefined
  /** A task counts for at least this share of the longest one beside it, 0 to 1. @defaultValue `0.2` */
  readonly hedge?: number | undefined
}

/** Half a year: on the public suites older histories lost to the plain order now and then, younger ones never. */
const believedForMs = 180 * 24 * 3_600_000

/**
 * The task that may be the longest first; the order of definition where the history is too old to be believed.
 *
 * *When to use*: most of all where tasks are new or the history is some weeks old. With a history of an hour ago it does what
 * `longestFirst` does.
 *
 * Details: knows the tasks that it is given. Of any other it knows only its own past, and goes by that. Without any it is
 * `longestFirst` by another name.
 *
 * @example
 * ```ts
 * const facts = await historyFacts(store, tasks)
 * const policy = hedgedLongestFirst({ tasks, facts, nowWallMs: Date.now() })
 * createOrchestrator({ executors, store, policy, facts: () => Promise.resolve(facts) })
 * ```
 */
export function hedgedLongestFirst(options: HedgeOptions = { tasks: [] }): Policy {
  const { hedge = 0.2 } = options
  if (!(hedge >= 0 && hedge <= 1))
    throw new MusterError('OPTIONS_INVALID', { expected: 'hedge to be a number from 0 to 1', got: String(hedge) })
  const name = 'hedged-longest-first'
  if (isTooOld(options)) return { name, key: ({ order }) => order }
  const estimates = new Map(estimateDurations(options).map((estimate) => [estimate.id, estimate]))
  return {
    name,
    key: (task) => longerFirstKey(weightOf(task, { estimate: estimates.get(task.definition.id), hedge })),
  }
}

/** Whether the newest that was measured of these tasks is older than it may be. */
function isTooOld({ facts = {}, nowWallMs, ...options }: HedgeOptions): boolean {
  if (nowWallMs === undefined) return false
  let newest = -Infinity
  for (const { id } of options.tasks) {
    const known = Object.hasOwn(facts, id) ? facts[id]?.duration : undefined
    // Whoever does not say when has it from somewhere fresh.
    if (known !== undefined) newest = Math.max(newest, known.measuredAtWallMs ?? nowWallMs)
  }
  return newest !== -Infinity && nowWallMs - newest > (options.believedForMs ?? believedForMs)
}

function weightOf(
  { definition, facts }: TaskView,
  { estimate, hedge }: { readonly estimate: DurationEstimate | undefined; readonly hedge: number },
): number | undefined {
  const own = expectedDurationMs(definition, facts)
  if (estimate === undefined || estimate.basis !== 'own') return own
  return Math.max(own ?? estimate.expectedMs, hedge * estimate.longestBesideMs)
}
