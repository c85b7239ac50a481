// Pure dominant-resource fairness (Ghodsi et al. 2011) among projects, as a peer: whenever something is free, the project
// that holds the least of its dominant resource begins its next activity that fits. A plain simulation of its own, since
// it is the textbook's rule and not one of ours.
import type { ScheduledTask } from './check-schedule.ts'
import type { MultiProjectInstance } from './read-multi-project.ts'

/** The schedule that dominant shares alone make. */
export function dominantShareSchedule({
  tasks,
  workers: [worker],
  projectOf,
  projects,
}: MultiProjectInstance): readonly ScheduledTask[] {
  const capacity = worker?.capacity ?? {}
  const needs = tasks.map((task) => Object.entries({ slots: 1, ...task.needs?.resources }))
  const rows = new Map(tasks.map(({ id }, at) => [id, at]))
  const leaders = tasks.map(({ dependsOn = [] }) =>
    dependsOn.map((edge) => rows.get(typeof edge === 'string' ? edge : edge.on) ?? -1),
  )
  const free = new Map(Object.entries(capacity))
  const held = Array.from({ length: projects }, () => new Map<string, number>())
  const starts = new Map<number, number>()
  const ends = new Map<number, number>()
  const move = (task: number, sign: number): void => {
    const mine = held[projectOf[task] ?? 0]
    for (const [name, amount] of needs[task] ?? []) {
      free.set(name, (free.get(name) ?? 0) - sign * amount)
      mine?.set(name, (mine.get(name) ?? 0) + sign * amount)
    }
  }
  const share = (project: number): number =>
    Math.max(0, ...[...(held[project] ?? [])].map(([name, amount]) => amount / (capacity[name] ?? 1)))
  const waiting = new Set(tasks.keys())
  const running = new Set<number>()
  for (let nowMs = 0; waiting.size > 0 || running.size > 0;) {
    for (;;) {
      const fitting = [...waiting].filter(
        (task) =>
          (leaders[task] ?? []).every((leader) => (ends.get(leader) ?? Infinity) <= nowMs) &&
          (needs[task] ?? []).every(([name, amount]) => amount <= (free.get(name) ?? 0)),
      )
      const shares = Array.from({ length: projects }, (_, project) => share(project))
      const shareOf = (task: number): number => shares[projectOf[task] ?? 0] ?? 0
      const next = fitting.toSorted((a, b) => shareOf(a) - shareOf(b) || a - b)[0]
      if (next === undefined) break
      waiting.delete(next)
      starts.set(next, nowMs)
      ends.set(next, nowMs + (tasks[next]?.expectedMs ?? 0))
      if (ends.get(next) === nowMs) continue
      move(next, 1)
      running.add(next)
    }
    nowMs = Math.min(...[...running].map((task) => ends.get(task) ?? 0))
    if (nowMs === Infinity) break
    for (const task of running) {
      if (ends.get(task) !== nowMs) continue
      running.delete(task)
      move(task, -1)
    }
  }
  return tasks.map(({ id }, at) => ({
    id,
    worker: worker?.id ?? '',
    startMs: starts.get(at) ?? NaN,
    finishMs: ends.get(at) ?? NaN,
  }))
}
