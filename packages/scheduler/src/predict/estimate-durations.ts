// How long tasks will take, with how far each answer may be off. A test that is new is not a short one, and a test whose
// neighbours take minutes can take minutes tomorrow: `in_person_spec` of a public suite stood at 12 s for a year beside files
// of 100 s, then took 338. So a task is told by its own past and by the tasks beside it.
import type { TaskDefinition, TaskFacts } from '@muster/core'
import { expectedDurationMs } from '../strategy/expected-duration.ts'
import { placesOf } from './normal-test-id.ts'

/** What is expected of one task. */
export interface DurationEstimate {
  readonly id: string
  /** As likely longer as shorter, in milliseconds. */
  readonly expectedMs: number
  /** Nine of ten tasks like this end by then, in milliseconds; never below `expectedMs`. */
  readonly p90Ms: number
  /** The longest known task beside it, in milliseconds: what it might come to. */
  readonly longestBesideMs: number
  /** What the answer rests on: its own past or its author, the tasks beside it, or nothing. */
  readonly basis: 'own' | 'beside' | 'nothing'
}

/** What is known of tasks beforehand. */
export interface KnownDurations {
  readonly tasks: readonly Pick<TaskDefinition, 'id' | 'expectedMs'>[]
  /** By task id. @defaultValue nothing is known */
  readonly facts?: Readonly<Record<string, TaskFacts>> | undefined
  /** Ids of tasks that were changed since they were measured: they may take as long as their neighbours. @defaultValue none */
  readonly changed?: ReadonlySet<string> | undefined
}

/** Tasks that have to be known at a place before it says something about another one there. */
const fewest = 3

/** What is taken for a task where nothing at all is known: a second, and ten at most. */
const nothingKnown = { medianMs: 1000, p90Ms: 10_000, longestMs: 10_000 }

/**
 * Estimates in the order of the tasks. What is not known of a task is taken from its nearest place, the folder or file in its
 * id, at which at least three tasks are known: their median, and their ninetieth percentile as the spread.
 *
 * @example
 * ```ts
 * const facts = Object.fromEntries(
 *   [10, 20, 90].map((ms, i) => [`e2e/${i}`, { duration: { medianMs: ms, p10Ms: ms, p90Ms: ms, samples: 3 } }]),
 * )
 * const tasks = [...Object.keys(facts), 'e2e/new'].map((id) => ({ id }))
 * estimateDurations({ tasks, facts }).at(-1) // => { id: 'e2e/new', expectedMs: 20, p90Ms: 90, longestBesideMs: 90, basis: 'beside' }
 * ```
 */
export function estimateDurations({ tasks, facts = {}, changed }: KnownDurations): readonly DurationEstimate[] {
  const own = tasks.map((task) => {
    const known = Object.hasOwn(facts, task.id) ? facts[task.id] : undefined
    return { known, expectedMs: expectedDurationMs(task, known) }
  })
  const places = new Map<string, number[]>()
  for (const [at, { id }] of tasks.entries()) {
    const ms = own[at]?.expectedMs
    if (ms === undefined) continue
    for (const place of placesOf(id)) {
      const there = places.get(place)
      if (there === undefined) places.set(place, [ms])
      else there.push(ms)
    }
  }
  for (const there of places.values()) there.sort((a, b) => a - b)
  return tasks.map(({ id }, at) => {
    const beside = spreadBeside(id, places)
    const { expectedMs, known } = own[at] ?? {}
    if (expectedMs === undefined)
      return {
        id,
        expectedMs: beside.medianMs,
        p90Ms: beside.p90Ms,
        longestBesideMs: beside.longestMs,
        basis: places.size === 0 ? 'nothing' : 'beside',
      }
    const ownP90Ms = known?.duration?.p90Ms ?? expectedMs
    const p90Ms = Math.max(expectedMs, Number.isFinite(ownP90Ms) ? ownP90Ms : 0)
    return {
      id,
      expectedMs,
      p90Ms: changed?.has(id) === true ? Math.max(p90Ms, beside.p90Ms) : p90Ms,
      longestBesideMs: Math.max(expectedMs, beside.longestMs),
      basis: 'own',
    }
  })
}

/** What is known at the nearest place that has enough; of all tasks together where none has. */
function spreadBeside(id: string, places: ReadonlyMap<string, readonly number[]>): typeof nothingKnown {
  for (const place of placesOf(id)) {
    const there = places.get(place)
    if (there === undefined || (there.length < fewest && place !== '')) continue
    const at = (share: number): number => there[Math.min(there.length - 1, Math.floor(share * there.length))] ?? 0
    return { medianMs: at(0.5), p90Ms: at(0.9), longestMs: at(1) }
  }
  return nothingKnown
}
