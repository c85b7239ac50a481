// What a task reserves for its next attempt where what it had was not enough. Never more than some worker could give: a
// reservation that nobody can hold would end in no attempt at all.
import type { RetryRule } from '../retry/retry-policy.ts'
import type { RunState } from './run-state.ts'

/** The amounts by name, or nothing where no worker could give more than the task has. */
export function enlargedResources(
  state: RunState,
  task: number,
  { reservation, reservationFactor }: RetryRule,
  code: string | undefined,
): Readonly<Record<string, number>> | undefined {
  const { workers, classes, tasks, resources } = state
  const taskClass = classes.get(tasks.taskClass(task))
  if (taskClass === undefined || reservation === 'same') return undefined
  const names = taskClass.needs.map(({ resource }) => resources.names[resource] ?? '')
  const grown = names.filter((name) => isGrown(name, reservation === 'whole-worker' ? undefined : code))
  if (grown.length === 0) return undefined
  let best: Readonly<Record<string, number>> | undefined
  let most = 0
  for (let worker = 0; worker < workers.size; worker++) {
    if (workers.missing(worker, taskClass).length > 0) continue
    const { capacity } = workers.definition(worker)
    let gain = 0
    const offered = taskClass.needs.map(({ amount }, at): [string, number] => {
      const name = names[at] ?? ''
      const wanted = !grown.includes(name) ? amount : reservation === 'larger' ? amount * reservationFactor : Infinity
      const given = Math.max(amount, Math.min(wanted, capacity[name] ?? amount))
      gain += given / amount - 1
      return [name, given]
    })
    if (gain <= most) continue
    most = gain
    best = Object.fromEntries(offered)
  }
  return best
}

/** Only what ran out is enlarged, where that is known; slots are no measure of anything but the whole worker. */
function isGrown(name: string, code: string | undefined): boolean {
  switch (code) {
    case 'memory':
    case 'gpu-memory':
    case 'cpu':
    case 'disk':
      return name === code
    case undefined:
      return true
    default:
      return name !== 'slots'
  }
}
