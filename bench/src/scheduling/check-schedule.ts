// Whether a schedule is one: every task once, for as long as it takes, after all it waits for, and never more of a resource
// in use than there is. It shares no code with the kernel or a planner, and sweeps over times instead of simulating.
import type { SchedulingInstance } from './scheduling-instance.ts'

/** One task of a schedule. */
export interface ScheduledTask {
  readonly id: string
  readonly worker: string
  readonly startMs: number
  readonly finishMs: number
}

/** What is wrong with a schedule; nothing where it holds. */
export function checkSchedule(
  { tasks, workers, durationMs, lowerBound }: SchedulingInstance,
  scheduled: readonly ScheduledTask[],
): string | undefined {
  const byId = new Map(scheduled.map((each) => [each.id, each]))
  if (byId.size !== tasks.length || scheduled.length !== tasks.length)
    return `${scheduled.length} tasks were scheduled of ${tasks.length}`
  for (const [at, task] of tasks.entries()) {
    const mine = byId.get(task.id)
    const worker = workers.findIndex(({ id }) => id === mine?.worker)
    if (mine === undefined || worker < 0) return `${task.id} has no place`
    const expectedMs = durationMs?.(at, worker) ?? task.expectedMs ?? NaN
    if (mine.startMs < 0 || mine.finishMs - mine.startMs !== expectedMs)
      return `${task.id} takes ${mine.finishMs - mine.startMs} instead of ${expectedMs}`
    for (const edge of task.dependsOn ?? []) {
      const leader = byId.get(typeof edge === 'string' ? edge : edge.on)
      if (leader === undefined || leader.finishMs > mine.startMs)
        return `${task.id} begins before ${leader?.id ?? '?'} ends`
    }
  }
  const makespan = Math.max(...scheduled.map(({ finishMs }) => finishMs))
  if (makespan < lowerBound) return `it takes ${makespan}, and nothing can take less than ${lowerBound}`
  for (const worker of workers) {
    const overfull = overfullResource(worker.capacity, changesOn(worker.id, { tasks, byId }))
    if (overfull !== undefined) return `${worker.id} has not that much ${overfull}`
  }
  return undefined
}

interface Change {
  readonly atMs: number
  readonly resource: string
  readonly amount: number
}

function changesOn(
  worker: string,
  { tasks, byId }: Pick<SchedulingInstance, 'tasks'> & { readonly byId: ReadonlyMap<string, ScheduledTask> },
): readonly Change[] {
  return tasks.flatMap(({ id, needs }) => {
    const mine = byId.get(id)
    // What takes no time holds nothing for any time.
    if (mine?.worker !== worker || mine.startMs === mine.finishMs) return []
    return Object.entries({ slots: 1, ...needs?.resources }).flatMap(([resource, amount]) => [
      { atMs: mine.startMs, resource, amount },
      { atMs: mine.finishMs, resource, amount: -amount },
    ])
  })
}

function overfullResource(capacity: Readonly<Record<string, number>>, changes: readonly Change[]): string | undefined {
  const used = new Map<string, number>()
  // What ends at a moment gives its place to what begins at it.
  for (const { resource, amount } of changes.toSorted((a, b) => a.atMs - b.atMs || a.amount - b.amount)) {
    const now = (used.get(resource) ?? 0) + amount
    if (now > (capacity[resource] ?? 0)) return resource
    used.set(resource, now)
  }
  return undefined
}
