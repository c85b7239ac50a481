// What one task costs through the whole of core: orchestrator, kernel, driver and in-process engine.
import type { Bench } from '../bench.ts'
import { measure, median } from '../measure.ts'

const rounds = 5

export const bench: Bench = {
  name: 'kernel',
  summary: 'microseconds per task that does nothing, with dependencies, retries and events, beside plain queues',
  figures: {
    us_per_task_1e5: 'microseconds per task in a run of 100,000, median of 5 processes',
    us_per_task_1e6: 'microseconds per task in a run of 1,000,000, median of 5 processes',
    growth: 'cost of a task in the large run / in the small one',
    vs_p_queue: 'ours / p-queue without dependencies, 100,000 tasks',
  },
  async run({ seed, progress }) {
    const small: number[] = []
    const large: number[] = []
    const queues: Record<string, number[]> = { 'p-queue': [], 'p-limit': [], listr2: [] }
    for (let round = 0; round < rounds; round++) {
      progress(`round ${String(round + 1)} of ${String(rounds)}`)
      // Several runs a process: the figure is what a task costs once the code is compiled, on both sides.
      small.push((await measure('kernel-run.ts', ['100000', String(seed), '5']))['us'] ?? Number.NaN)
      large.push((await measure('kernel-run.ts', ['1000000', String(seed), '2']))['us'] ?? Number.NaN)
      for (const [name, values] of Object.entries(queues)) {
        values.push(
          (await measure('queue-run.ts', [name, name === 'listr2' ? '2000' : '100000', '5']))['us'] ?? Number.NaN,
        )
      }
    }
    const ours = median(small)
    const peers = Object.fromEntries(
      Object.entries(queues).map(([name, values]) => [name, { us_per_task_1e5: median(values) }]),
    )
    return {
      figures: {
        us_per_task_1e5: ours,
        us_per_task_1e6: median(large),
        growth: median(large) / ours,
        vs_p_queue: ours / median(queues['p-queue'] ?? []),
      },
      peers,
      notes: ['the queues know no dependencies, retries or events', 'listr2 is measured with 2,000 tasks'],
    }
  },
}
