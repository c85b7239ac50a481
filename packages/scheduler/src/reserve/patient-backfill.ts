// Shortest first, and a promise for whoever waited too long for his length: a place that is kept costs all others time, so
// it is kept only for whom waiting has become unfair (selective reservation, Srinivasan, Kettimuthu, Subramani and
// Sadayappan, "Selective Reservation Strategies for Backfill Job Scheduling", JSSPP 2002). A promise made is kept as in EASY.
import { MusterError, type Policy, type TaskView } from '@muster/core'
import { createPolicy } from '../pipeline/create-policy.ts'
import { backfill, type BackfillOptions } from './backfill.ts'
import { durationBound } from './duration-bound.ts'
import { expectedDurationMs } from '../strategy/expected-duration.ts'

/** How long is too long. */
export interface PatientBackfillOptions extends Omit<BackfillOptions, 'dueAtMs'> {
  /** A task goes before all others and is promised a place once it waited so many times its expected length. @defaultValue `10` */
  readonly patience?: number | undefined
  /** Milliseconds as which shorter tasks count there. @defaultValue `10_000`, as in bounded slowdown */
  readonly leastMs?: number | undefined
}

const rekeyEveryMs = 60_000

/**
 * Shortest first, as long as nobody waits for more than ten times his length; whoever does goes first and has a place kept.
 *
 * *When to use*: tasks that need different amounts of a worker, come over time, and of which small ones are waited for most.
 *
 * @example
 * ```ts
 * createOrchestrator({ executors, policy: patientBackfill({ patience: 5 }) })
 * ```
 */
export function patientBackfill(options: PatientBackfillOptions = {}): Policy {
  const { patience = 10, leastMs = 10_000, assumedMs = 60_000, promises, onPromise } = options
  for (const [name, value] of Object.entries({ patience, leastMs })) {
    if (Number.isFinite(value) && value >= 0) continue
    throw new MusterError('OPTIONS_INVALID', { expected: `\`${name}\` to be a number from 0 up`, got: String(value) })
  }
  /** Run time at which a task became ready first, by its handle. */
  const sinceMs = new Map<number, number>()
  const dueAtMs = (task: TaskView): number => {
    const boundMs = durationBound(task.definition, task.facts, assumedMs).ms
    return (sinceMs.get(task.handle) ?? task.nowMs ?? 0) + patience * Math.max(leastMs, boundMs)
  }
  const shortestFirst: Policy = {
    name: 'backfill',
    rekeyEveryMs,
    key(task) {
      const nowMs = task.nowMs ?? 0
      const known = sinceMs.get(task.handle)
      if (known === undefined) sinceMs.set(task.handle, nowMs)
      // The predicted length orders; the bound, which is longer, only makes promises.
      return dueAtMs(task) <= nowMs
        ? [0, known ?? nowMs]
        : [1, expectedDurationMs(task.definition, task.facts) ?? assumedMs]
    },
    observe(happening) {
      if (happening.kind === 'launched') sinceMs.delete(happening.task.handle)
      return undefined
    },
  }
  const passing = backfill({ promises, assumedMs, onPromise, dueAtMs: ({ task }) => dueAtMs(task) })
  return { ...createPolicy(shortestFirst, [passing]), name: 'backfill', forRun: () => patientBackfill(options) }
}
