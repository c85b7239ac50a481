// How much memory a very large run takes.
import type { Bench } from '../bench.ts'
import { measure } from '../measure.ts'

export const bench: Bench = {
  name: 'memory',
  summary: 'resident memory of a run of 1,000,000 tasks: tasks, kernel, events, memory store',
  figures: { rss_mb_1e6: 'largest resident set in megabytes, the process as a whole' },
  async run({ progress }) {
    progress('running 1,000,000 tasks')
    const { rss_mb } = await measure('memory-run.ts', ['1000000'])
    return { figures: { rss_mb_1e6: rss_mb ?? Number.NaN } }
  },
}
