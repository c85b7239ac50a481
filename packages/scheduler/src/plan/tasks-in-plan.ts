// Makes a plan hold whatever happens. An order alone does not: a plan may let a task wait although it would fit, and no
// policy of keys can say that. So each task also waits for those whose resources it takes over.
import type { DependencyDefinition, TaskDefinition } from '@muster/core'
import type { SchedulePlan } from './plan-schedule.ts'

/**
 * The tasks with what the plan makes them wait for besides: `soft` dependencies, which wait until the other has ended,
 * however it ended. Tasks without a place in the plan stay as they are.
 *
 * *When to use*: together with `followPlan`, where a plan is to be kept to. Without it the order of the plan is followed
 * and whatever fits may begin, which loses some of what a plan has gained.
 *
 * @example
 * ```ts
 * const graph = requireGraph(buildGraph(tasks))
 * const workers = [{ id: 'lab', engine: 'local', kinds: ['unit'], capacity: { slots: 4, device: 1 } }]
 * const plan = planSchedule({ graph, workers })
 * muster.run({ tasks: tasksInPlan(tasks, plan) })
 * ```
 */
export function tasksInPlan(tasks: readonly TaskDefinition[], plan: SchedulePlan): readonly TaskDefinition[] {
  const after = new Map(plan.tasks.map((planned) => [planned.id, planned.after]))
  return tasks.map((task) => {
    const { dependsOn = [] } = task
    const known = new Set(dependsOn.map((edge) => (typeof edge === 'string' ? edge : edge.on)))
    const edges = (after.get(task.id) ?? [])
      .filter((on) => !known.has(on))
      .map((on): DependencyDefinition => ({ on, kind: 'soft' }))
    return edges.length === 0 ? task : { ...task, dependsOn: [...dependsOn, ...edges] }
  })
}
