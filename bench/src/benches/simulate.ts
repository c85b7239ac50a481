// Whether a whole month of a large fleet can be simulated while somebody waits.
import type { Bench } from '../bench.ts'
import { measure } from '../measure.ts'
import { wholeNumber } from '../read-number.ts'

export const bench: Bench = {
  name: 'simulate',
  summary: 'one simulation of a million tasks on ten thousand workers, by the real kernel on a virtual clock',
  figures: {
    tasks: 'tasks of the simulation',
    workers: 'workers of the simulation',
    wall_s: 'seconds it took',
    rss_mb: 'largest resident set in megabytes, the tasks themselves included',
  },
  options: { tasks: 'tasks; 1000000 unless given', workers: 'workers; 10000 unless given' },
  async run({ options, seed, progress }) {
    const tasks = wholeNumber({ options }, 'tasks', { fallback: 1_000_000 })
    const workers = wholeNumber({ options }, 'workers', { fallback: 10_000 })
    progress(`${String(tasks)} tasks on ${String(workers)} workers`)
    const { wall_s = NaN, rss_mb = NaN } = await measure('simulate-run.ts', [
      String(workers),
      String(tasks),
      String(seed),
    ])
    return { figures: { tasks, workers, wall_s, rss_mb }, notes: ['longest first; four resources, labels'] }
  },
}
