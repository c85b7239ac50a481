// One large simulation in a process of its own.
import { longestFirst, simulateSchedule } from '@muster/scheduler'
import { drawFleet } from '../scheduling/fleet.ts'

const [workerCount = '10000', taskCount = '1000000', seed = '1'] = process.argv.slice(2)
const { workers, tasks } = drawFleet(Number(workerCount), Number(taskCount), Number(seed))
let rssMb = 0
const began = performance.now()
const { verdicts } = simulateSchedule({
  workload: { workers, tasks },
  policy: longestFirst(),
  onProgress: () => {
    rssMb = Math.max(rssMb, process.memoryUsage.rss() / 2 ** 20)
    return undefined
  },
})
const wallS = (performance.now() - began) / 1000
if (verdicts.passed !== tasks.length) throw new Error(`expected every task to pass, got ${JSON.stringify(verdicts)}`)
process.stdout.write(
  `${JSON.stringify({ wall_s: wallS, rss_mb: Math.max(rssMb, process.memoryUsage.rss() / 2 ** 20) })}\n`,
)
