// Whether anything grows that should not: three large runs with results in one process, one after another.
import type { Bench } from '../bench.ts'
import { measure } from '../measure.ts'
import { wholeNumber } from '../read-number.ts'

const rounds = 3
/** Without it the platform lets garbage grow by a hundred megabytes before it looks, whoever made it. */
const flags = ['--max-semi-space-size=16']

export const bench: Bench = {
  name: 'soak',
  summary: 'three runs of 100,000 tasks with results, kept in SQLite, in one process',
  figures: {
    tasks: 'tasks of each round',
    slope_mb: 'megabytes that stay more after a round than after the one before, the first left out, per 100,000 tasks',
    rss_mb: 'largest resident set in megabytes, the process as a whole',
    p99_ratio: 'p99 of how long a free slot waits for its next attempt, last tenth of all attempts / first tenth',
  },
  options: { tasks: 'tasks of each round; 100000 unless given' },
  async run({ options, progress }) {
    const tasks = wholeNumber({ options }, 'tasks', { fallback: 100_000 })
    progress(`${String(rounds)} rounds of ${String(tasks)} tasks`)
    const figures = await measure('soak-run.ts', [String(tasks), String(rounds)], flags)
    const { slope_mb = Number.NaN, rss_mb = Number.NaN, p99_ratio = Number.NaN, p99_ms = Number.NaN } = figures
    return {
      figures: { tasks, slope_mb: (slope_mb * 100_000) / tasks, rss_mb, p99_ratio },
      notes: [
        `run with ${flags.join(' ')}, as the guide to embedding advises for long runs`,
        'each task logs a line and reports three cases; the tasks themselves and the report count as memory',
        `a free slot waited ${p99_ms.toFixed(1)} ms (p99 of the last tenth): a commit with its sync lies in between`,
      ],
    }
  },
}
