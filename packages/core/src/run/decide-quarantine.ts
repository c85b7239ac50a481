// Whether a worker is at fault, rather than the tasks that it failed: it fails them one after another for reasons outside of
// the tests, while others pass tasks of the same kinds. Reads only, and looks at the newest attempts only.
import { blamesWorker } from './bearing-of.ts'
import { havePassed, newestAttempts } from './have-passed.ts'
import type { RunState } from './run-state.ts'

/** The sentence that puts a worker out, or nothing where the evidence does not suffice or others cannot do its work. */
export function decideQuarantine(state: RunState, worker: number): string | undefined {
  const { attempts, workers, tasks } = state
  if (workers.quarantine(worker) !== undefined || isLastCapable(state, worker)) return undefined
  const first = Math.max(0, attempts.length - newestAttempts)
  const classes = new Set<number>()
  let failed = 0
  let sinceMs = Infinity
  for (let row = attempts.length - 1; row >= first; row--) {
    if (attempts.worker(row) !== worker) continue
    const ending = attempts.ending(row)
    if (ending?.kind !== 'ended') continue
    if (ending.outcome.result === 'passed') break
    if (!blamesWorker(ending.outcome)) continue
    failed++
    classes.add(tasks.taskClass(attempts.task(row)))
    sinceMs = Math.min(sinceMs, attempts.closedAtMs(row) ?? Infinity)
  }
  const isAlike = (task: number): boolean => classes.has(tasks.taskClass(task))
  if (failed === 0 || !havePassed(state, (other) => other !== worker, sinceMs, isAlike)) return undefined
  return `${String(failed)} tasks in a row failed there, and others passed such tasks meanwhile`
}

/** Whether some kind of task could be run by nobody else. */
export function isLastCapable({ workers, classes }: RunState, worker: number): boolean {
  for (const taskClass of classes.all) {
    if (workers.missing(worker, taskClass).length > 0) continue
    let isAlone = true
    for (let other = 0; other < workers.size && isAlone; other++) {
      if (other !== worker && workers.missing(other, taskClass).length === 0) isAlone = false
    }
    if (isAlone) return true
  }
  return false
}
