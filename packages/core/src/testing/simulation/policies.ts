// The policies that simulated runs are driven by. Pure functions of what they see, so the oracle can ask them too.
import type { Policy, Rejection, TaskView, WorkerView } from '../../ports/policy.ts'

/** Name of a policy for simulations. */
export type PolicyName = 'fifo' | 'priority' | 'scored' | 'picky'

/** The policy of that name. */
export function policyOf(name: PolicyName): Policy {
  switch (name) {
    case 'fifo':
      return { name, key: (task) => task.handle }
    case 'priority':
      return { name, key: (task) => [-(task.definition.priority ?? 0), -task.handle] }
    case 'scored':
      return { name, key: (task) => task.handle % 7, score: (task, worker) => likes(task, worker) % 4 }
    case 'picky':
      return {
        name,
        key: (task) => [task.handle % 3, task.attempts],
        admit,
        score: (_, worker) => worker.free('slots'),
      }
  }
}

/** Small tasks keep half of a worker free; every third task avoids some workers. The spare worker is open to all. */
function admit(task: TaskView, worker: WorkerView): Rejection | undefined {
  const { id, capacity } = worker.definition
  if (id === 'spare') return undefined
  if (task.handle % 3 === 0 && likes(task, worker) % 3 === 0) {
    return { by: 'picky', because: 'it does not like the worker', wakesOn: 'worker' }
  }
  if (task.handle % 2 === 0 && worker.free('slots') * 2 < (capacity['slots'] ?? 0)) {
    return { by: 'picky', because: 'half of the worker stays free', wakesOn: 'capacity' }
  }
  return undefined
}

function likes(task: TaskView, worker: WorkerView): number {
  let hash = task.handle
  for (let i = 0; i < worker.definition.id.length; i++) hash = (hash * 31 + worker.definition.id.charCodeAt(i)) % 9973
  return hash
}
