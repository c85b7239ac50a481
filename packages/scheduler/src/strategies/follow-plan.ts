// Carries a plan out: tasks in its order, on its workers. A plan is made of expectations, so all of this is a wish and not a
// time-table: who is free takes what comes next.
import type { Policy } from '@muster/core'
import type { SchedulePlan } from '../plan/plan-schedule.ts'
import { expectedDurationMs } from '../strategy/expected-duration.ts'
import { longerFirstKey } from '../strategy/longer-first-key.ts'

/** How strictly a plan is followed. */
export interface FollowPlanOptions {
  /**
   * Whether a task waits for the worker that the plan names, or takes another that has room where that one has none. A task
   * that is kept waits for ever where its worker is lost: plan anew then. Of very many free workers a run asks about a few,
   * and the preferred one need not be among them. @defaultValue `'preferred'`
   */
  readonly workers?: 'kept' | 'preferred' | undefined
}

/**
 * The order and the workers of a plan. Tasks that it does not know go by their own expected duration, as if they had that
 * long to leave.
 *
 * *When to use*: with a plan of `planSchedule`, on `tasksInPlan`.
 *
 * @example
 * ```ts
 * const graph = requireGraph(buildGraph(tasks))
 * const workers = [{ id: 'lab', engine: 'local', kinds: ['unit'], capacity: { slots: 4, device: 1 } }]
 * const plan = planSchedule({ graph, workers }, { passes: 2000 })
 * createOrchestrator({ executors, policy: followPlan(plan) })
 * ```
 */
export function followPlan(plan: SchedulePlan, { workers = 'preferred' }: FollowPlanOptions = {}): Policy {
  const planned = new Map(plan.tasks.map(({ id, worker, startMs }, at) => [id, { at, worker, startMs }]))
  return {
    name: 'follow-plan',
    key: ({ definition, facts }) => {
      const place = planned.get(definition.id)
      return place === undefined
        ? [longerFirstKey(expectedDurationMs(definition, facts)), 0]
        : [place.startMs - plan.makespanMs, place.at]
    },
    score: ({ definition }, worker) => (planned.get(definition.id)?.worker === worker.definition.id ? 100 : 0),
    ...(workers === 'kept'
      ? {
          admit: ({ definition }, worker) => {
            const wanted = planned.get(definition.id)?.worker
            if (wanted === undefined || wanted === worker.definition.id) return undefined
            return { by: 'follow-plan', because: `the plan has it on ${wanted}`, wakesOn: 'capacity' }
          },
        }
      : {}),
  }
}
