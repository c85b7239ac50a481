// What a run would have taken with other workers or in another order: tasks as long as they were, put on the first free slot,
// dependencies kept. It is the simplest honest model there is; who uses it first checks that it explains the run as it went.
import { MinHeap } from './min-heap.ts'

/** A run to be imagined. Positions are those of the report's tasks. */
export interface Schedule {
  /** What each task took, in milliseconds; 0 for one that did not run. */
  readonly durations: ArrayLike<number>
  /** For each task the tasks that it waits for. */
  readonly waits: readonly (readonly number[])[]
  /** Where each task stands in the order; the least goes first among those that are ready. */
  readonly ranks: ArrayLike<number>
  /** Tasks that ran. */
  readonly tasks: readonly number[]
  readonly slots: number
}

/** The time until the last task ends. */
export function listSchedule({ durations, waits, ranks, tasks, slots }: Schedule): number {
  const runs = new Set(tasks)
  const missing = new Map<number, number>()
  const dependents = new Map<number, number[]>()
  const ready = new MinHeap()
  for (const task of tasks) {
    const on = (waits[task] ?? []).filter((other) => runs.has(other) && other !== task)
    if (on.length === 0) ready.push(ranks[task] ?? 0, task)
    else missing.set(task, on.length)
    for (const other of on) {
      const list = dependents.get(other)
      if (list === undefined) dependents.set(other, [task])
      else list.push(task)
    }
  }
  const running = new MinHeap()
  let nowMs = 0
  for (;;) {
    while (running.size < slots && ready.size > 0) {
      const task = ready.pop() ?? 0
      running.push(nowMs + (durations[task] ?? 0), task)
    }
    if (running.size === 0) return nowMs
    nowMs = running.leastKey
    while (running.leastKey === nowMs) {
      for (const dependent of dependents.get(running.pop() ?? 0) ?? []) {
        const left = (missing.get(dependent) ?? 1) - 1
        missing.set(dependent, left)
        if (left === 0) ready.push(ranks[dependent] ?? 0, dependent)
      }
    }
  }
}

/** For each task the longest chain of work that hangs on it, itself included, in milliseconds. */
export function tailLengths({
  durations,
  waits,
  tasks,
}: Pick<Schedule, 'durations' | 'waits' | 'tasks'>): Float64Array {
  const tails = new Float64Array(waits.length)
  const dependents: number[][] = waits.map(() => [])
  const open = new Int32Array(waits.length)
  for (const task of tasks) {
    for (const on of waits[task] ?? []) {
      dependents[on]?.push(task)
      open[on] = (open[on] ?? 0) + 1
    }
  }
  // From the ends backwards; what stands in a circle is never reached and keeps 0.
  const work = tasks.filter((task) => open[task] === 0)
  for (let task = work.pop(); task !== undefined; task = work.pop()) {
    let longest = 0
    for (const dependent of dependents[task] ?? []) longest = Math.max(longest, tails[dependent] ?? 0)
    tails[task] = longest + (durations[task] ?? 0)
    for (const on of waits[task] ?? []) {
      open[on] = (open[on] ?? 0) - 1
      if (open[on] === 0) work.push(on)
    }
  }
  return tails
}
