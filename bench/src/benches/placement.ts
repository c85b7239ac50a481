// What a decision costs where many tasks wait for many workers, and how that cost grows with both.
import type { Bench } from '../bench.ts'
import { measure } from '../measure.ts'

const taskCounts = [1_000, 10_000, 100_000]
const workerCounts = [100, 1_000, 10_000]

export const bench: Bench = {
  name: 'placement',
  summary: 'decisions a second with 4 resources, labels and affinity, and how their cost grows with tasks and workers',
  figures: {
    decisions_per_s: '100,000 ready tasks on 10,000 workers, once the fleet is full',
    growth_exponent: 'of the cost of a decision against tasks x workers, over the whole grid; 0 is constant',
  },
  async run({ seed, progress }) {
    const points: { readonly size: number; readonly us: number }[] = []
    const notes: string[] = []
    let decisions = 0
    for (const tasks of taskCounts) {
      const row: string[] = []
      for (const workers of workerCounts) {
        progress(`${String(tasks)} tasks on ${String(workers)} workers`)
        // Where a fleet takes all tasks at once nothing waits, and nothing is decided.
        if (tasks < 4 * workers) {
          row.push(`${String(workers)} workers: -`)
          continue
        }
        const us =
          (await measure('placement-run.ts', ['kernel', String(workers), String(tasks), String(seed)]))['us'] ?? NaN
        points.push({ size: tasks * workers, us })
        row.push(`${String(workers)} workers: ${us.toFixed(1)} us`)
        if (tasks === 100_000 && workers === 10_000) decisions = 1e6 / us
      }
      notes.push(`${String(tasks)} tasks: ${row.join(', ')}`)
    }
    progress('a scan of everything, 1,000 tasks on 100 workers')
    const scan = (await measure('placement-run.ts', ['scan', '100', '1000', String(seed)]))['us'] ?? NaN
    return {
      figures: { decisions_per_s: decisions, growth_exponent: exponentOf(points) },
      peers: { 'scan of every task and worker, 1,000 x 100': { decisions_per_s: 1e6 / scan } },
      notes: [
        ...notes,
        'the real kernel on a virtual clock, with its entries; fleets that take all tasks at once are left out',
      ],
    }
  },
}

/** Slope of the logarithms, by least squares. */
function exponentOf(points: readonly { readonly size: number; readonly us: number }[]): number {
  const logs = points.map(({ size, us }) => ({ x: Math.log(size), y: Math.log(us) }))
  const x = logs.reduce((sum, point) => sum + point.x, 0) / logs.length
  const y = logs.reduce((sum, point) => sum + point.y, 0) / logs.length
  const over = logs.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0)
  const under = logs.reduce((sum, point) => sum + (point.x - x) ** 2, 0)
  return over / under
}
