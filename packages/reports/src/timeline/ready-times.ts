// When a task could have begun, read off the ends of what it waited for. The journal knows it to the entry; a report has only
// the ends, and they are enough: a task becomes ready in the step in which the last of its dependencies ended.
import type { RunReport } from '@muster/core'

/** When a task became ready, and which task made it so. */
export interface Ready {
  readonly atMs: number
  /** Position of the dependency that ended last; absent where it waited for none. */
  readonly after?: number | undefined
}

type Tasks = RunReport['tasks']

/** For each task when it became ready: when it came in, for those that wait for nothing. */
export function readyTimes(tasks: Tasks): readonly Ready[] {
  const waits = waitsOf(tasks)
  const over = overTimes(tasks, waits)
  return waits.map((on, at) => {
    const { atMs, after } = latest(on, over)
    const addedAtMs = tasks[at]?.addedAtMs ?? 0
    // What had ended when the task came in did not hold it up.
    return atMs <= addedAtMs ? { atMs: addedAtMs } : { atMs, ...(after === undefined ? {} : { after }) }
  })
}

/** For each task the tasks that it waits for, groups spelled out; by position. */
export function waitsOf(tasks: Tasks): readonly (readonly number[])[] {
  const byId = new Map<string, number>()
  const byGroup = new Map<string, number[]>()
  tasks.forEach(({ id, groups }, at) => {
    byId.set(id, at)
    for (const group of groups ?? []) {
      const members = byGroup.get(group)
      if (members === undefined) byGroup.set(group, [at])
      else members.push(at)
    }
  })
  return tasks.map(({ dependsOn }) => {
    if (dependsOn === undefined) return none
    return dependsOn.flatMap((on): readonly number[] => {
      const task = byId.get(on)
      return task === undefined ? (byGroup.get(on) ?? none) : [task]
    })
  })
}

const none: readonly number[] = []

/**
 * When each task was over: with its last attempt, or, without one, when what it waited for was. Works on a list of its own, so
 * that a chain of any length needs no stack; a circle, which no run can have but a damaged file might, ends at 0.
 */
function overTimes(tasks: Tasks, waits: readonly (readonly number[])[]): Float64Array {
  const over = new Float64Array(tasks.length).fill(-1)
  const entered = new Uint8Array(tasks.length)
  for (let first = 0; first < tasks.length; first++) {
    const open = [first]
    for (let task = open.pop(); task !== undefined; task = open.pop()) {
      if ((over[task] ?? 0) >= 0) continue
      const closed = lastClose(tasks[task])
      if (closed !== undefined) {
        over[task] = closed
        continue
      }
      const missing = entered[task] === 1 ? none : (waits[task] ?? none).filter((on) => (over[on] ?? 0) < 0)
      if (missing.length === 0) over[task] = Math.max(0, latest(waits[task] ?? none, over).atMs)
      else {
        entered[task] = 1
        open.push(task, ...missing)
      }
    }
  }
  return over
}

function lastClose(task: Tasks[number] | undefined): number | undefined {
  return task?.attempts.findLast(({ closedAtMs }) => closedAtMs !== undefined)?.closedAtMs
}

function latest(on: readonly number[], over: Float64Array): Ready {
  let atMs = 0
  let after: number | undefined
  for (const task of on) {
    const at = over[task] ?? 0
    if (after !== undefined && at <= atMs) continue
    atMs = Math.max(0, at)
    after = task
  }
  return after === undefined ? { atMs } : { atMs, after }
}
