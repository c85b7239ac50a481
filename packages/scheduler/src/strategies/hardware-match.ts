// The plain machine for the plain task: what a worker has beyond what a task asks for is kept for one that asks for it. An
// exact fit is the best there is, and who fits few workers chooses first.
import { MusterError, type Policy, type TaskDefinition, type WorkerDefinition } from '@muster/core'
import { effectiveNeeds } from './resource-fit.ts'

/** What counts how much. */
export interface HardwareMatchOptions {
  /** How much labels count beside capacity. @defaultValue `1` */
  readonly labels?: number | undefined
  /** How much capacity counts beside labels. @defaultValue `1` */
  readonly capacity?: number | undefined
  /** How precious a label or resource is, by name. @defaultValue `1` each */
  readonly precious?: Readonly<Record<string, number>> | undefined
}

/**
 * The task that asks for the most labels and resources first, on the worker that has the least beyond them.
 *
 * *When to use*: few machines have something that few tasks need: a gpu, a device, a licence. Measure: makespan.
 *
 * @example
 * ```ts
 * hardwareMatch({ precious: { gpu: 10 } })
 * ```
 */
export function hardwareMatch(options: HardwareMatchOptions = {}): Policy {
  const { labels = 1, capacity = 1, precious = {} } = options
  for (const [name, amount] of Object.entries({ labels, capacity, ...precious })) {
    if (Number.isFinite(amount) && amount >= 0) continue
    throw new MusterError('OPTIONS_INVALID', { expected: `the weight of ${name} from 0 up`, got: String(amount) })
  }
  const worth = (name: string): number => (Object.hasOwn(precious, name) ? (precious[name] ?? 1) : 1)
  const all = labels + capacity
  return {
    name: 'hardware-match',
    key: ({ definition: { needs } }) => {
      const named = [
        ...(needs?.labels ?? []),
        ...Object.keys(needs?.resources ?? {}).filter((name) => name !== 'slots'),
      ]
      return 0 - named.reduce((sum, name) => sum + worth(name), 0)
    },
    score: ({ definition: task }, { definition: worker }) =>
      all === 0
        ? 0
        : (100 * (labels * labelFit(task, worker, worth) + capacity * capacityFit(task, worker, worth))) / all,
  }
}

/** 1 where the worker has no label that was not asked for. */
function labelFit(task: TaskDefinition, worker: WorkerDefinition, worth: (name: string) => number): number {
  const asked = new Set(task.needs?.labels)
  let spare = 0
  for (const label of worker.labels ?? []) if (!asked.has(label)) spare += worth(label)
  return 1 / (1 + spare)
}

/** 1 where the task needs all of everything that the worker has but slots. */
function capacityFit(task: TaskDefinition, worker: WorkerDefinition, worth: (name: string) => number): number {
  const needs = effectiveNeeds(task)
  let spare = 0
  for (const [name, amount] of Object.entries(worker.capacity)) {
    if (name === 'slots' || !(amount > 0)) continue
    spare += worth(name) * Math.min(1, Math.max(0, 1 - (needs[name] ?? 0) / amount))
  }
  return 1 / (1 + spare)
}
