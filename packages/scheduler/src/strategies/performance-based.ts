// Workers that do well get more: how often attempts passed on a class of workers, and how long they took beside what was
// expected, both measured in this run. Memory is folded from what happened, so a resumed run knows as much.
import type { Policy, WorkerDefinition } from '@muster/core'
import { PassRates } from '../pipeline/pass-rates.ts'
import { PluginViews } from '../pipeline/plugin-views.ts'
import { expectedDurationMs } from '../strategy/expected-duration.ts'

/**
 * The order of definition, on workers of the class that passes most and takes least beside what was expected. Workers with the
 * same engine, labels and capacity are of one class; of what nobody has tried, nothing is concluded.
 *
 * *When to use*: machines differ and nobody has written down how. Measure: mean time from arrival to end.
 *
 * *Gotchas*: only attempts of tasks with an expected duration say how fast a class is.
 */
export function performanceBased(): Policy {
  const views = new PluginViews()
  const rates = new PassRates()
  const speeds = new ClassSpeeds()
  const classOf = (worker: WorkerDefinition): string => views.classOf(worker)
  return {
    name: 'performance-based',
    key: ({ order }) => order,
    score: ({ definition: { kind } }, { definition }) => {
      const own = classOf(definition)
      return 100 * rates.rate(kind, own) * speeds.share(own)
    },
    observe: (happening) => {
      if (happening.kind !== 'ended') return undefined
      const { task, worker, outcome } = happening
      if (outcome.result === 'cancelled' || outcome.result === 'skipped') return undefined
      rates.add(task.definition.kind, classOf(worker.definition), outcome.result === 'passed')
      const expectedMs = expectedDurationMs(task.definition, task.facts)
      // What failed early says nothing of speed.
      if (outcome.result === 'passed' && expectedMs !== undefined && expectedMs > 0)
        speeds.add(classOf(worker.definition), outcome.durationMs / expectedMs)
      return undefined
    },
    forRun: performanceBased,
  }
}

/** How long attempts took beside what was expected, as a geometric mean for each class. */
class ClassSpeeds {
  readonly #sums = new Map<string, { logs: number; count: number }>()

  add(workerClass: string, ratio: number): void {
    if (!(Number.isFinite(ratio) && ratio >= 0)) return
    const own = this.#sums.get(workerClass) ?? { logs: 0, count: 0 }
    own.logs += Math.log(Math.min(1000, Math.max(0.001, ratio)))
    own.count++
    this.#sums.set(workerClass, own)
  }

  /** 1/2 as expected, towards 1 the faster; one attempt that took as long as expected is added. */
  share(workerClass: string): number {
    const { logs = 0, count = 0 } = this.#sums.get(workerClass) ?? {}
    return 1 / (1 + Math.exp(logs / (count + 1)))
  }
}
