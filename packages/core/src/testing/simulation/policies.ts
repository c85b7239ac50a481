// The policies that simulated runs are driven by. Pure functions of what they see, so the oracle can ask them too.
import type { Claim, Policy, Rejection, TaskView, WorkerView } from '../../ports/policy.ts'

/** Name of a policy for simulations. */
export type PolicyName = 'fifo' | 'priority' | 'scored' | 'picky' | 'claiming' | 'laned' | 'pre-empting'

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
    case 'claiming':
      return { name, key: (task) => task.handle % 5, claims }
    case 'laned':
      return laned()
    case 'pre-empting':
      return preempting()
  }
}

/** Everybody shares one pool, of which some take more; every third task also wants something of its worker. */
function claims(task: TaskView, worker: WorkerView): readonly Claim[] {
  const pool: Claim = { ledger: 'pool', amount: 1 + (task.handle % 2), limit: 3 }
  return task.handle % 3 === 0 ? [pool, { ledger: `browser of ${worker.definition.id}`, limit: 1 }] : [pool]
}

/** Lanes go by how much of each runs, and one of them never has more than two; some tasks are not let go before a time. */
function laned(): Policy {
  const running = new Map<string, number>()
  const laneOf = (task: TaskView): string => 'abc'[task.handle % 3] ?? ''
  const count = (lane: string, change: number): readonly string[] => {
    running.set(lane, (running.get(lane) ?? 0) + change)
    return [lane]
  }
  return {
    name: 'laned',
    key: (task) => task.handle % 4,
    lane: laneOf,
    laneKey: (lane) => {
      const runs = running.get(lane) ?? 0
      return lane === 'c' && runs >= 2 ? { by: 'laned', because: 'two of it run', wakesOn: 'capacity' } : runs
    },
    permit: (task) => {
      const { nowMs = 0 } = task
      return task.handle % 7 === 0 && nowMs < 40
        ? { by: 'laned', because: 'it is too early', wakesOn: 'time', atMs: 40 }
        : undefined
    },
    observe: (happening) => {
      if (happening.kind === 'launched') return count(laneOf(happening.task), 1)
      if (happening.kind === 'ended' || happening.kind === 'lost') return count(laneOf(happening.task), -1)
      return undefined
    },
    forRun: laned,
  }
}

/** Tasks of a lower rank make room for those of a higher one, the one that was launched last first; each at most twice. */
function preempting(): Policy {
  const running: number[] = []
  const waiting = new Set<number>()
  const left = new Map<number, number>()
  const rank = (handle: number): number => handle % 3
  return {
    name: 'pre-empting',
    key: ({ handle }) => {
      waiting.add(handle)
      return rank(handle)
    },
    preempts: ({ allows }) => {
      for (const beneficiary of [...waiting].sort((a, b) => rank(a) - rank(b) || a - b)) {
        const victim = running.findLast((task) => {
          return rank(task) > rank(beneficiary) && (left.get(task) ?? 0) < 2 && allows(task, beneficiary)
        })
        if (victim !== undefined) return { victim, beneficiary, because: 'it goes first' }
      }
      return undefined
    },
    observe: (happening) => {
      if (happening.kind === 'pre-empting') {
        const { handle } = happening.task
        left.set(handle, (left.get(handle) ?? 0) + 1)
      } else if (happening.kind === 'launched') {
        waiting.delete(happening.task.handle)
        running.push(happening.task.handle)
      } else if (happening.kind === 'ended' || happening.kind === 'lost')
        running.splice(running.indexOf(happening.task.handle), 1)
      return undefined
    },
    forRun: preempting,
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
