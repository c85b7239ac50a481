// A run of tasks that do nothing, kept in the memory store, events heard; says the largest resident set of the process.
import { createOrchestrator, defineExecutor } from '@muster/core'
import { layeredTasks } from '../layered-tasks.ts'

const count = Number(process.argv[2])
const noop = defineExecutor('noop', async () => undefined)
await using muster = createOrchestrator({ executors: [noop], retry: { maxAttempts: 2 }, slots: 64 })
let judged = 0
muster.on('task-judged', () => {
  judged++
})
const report = await muster.run({ tasks: layeredTasks(count, 1) }).report
if (report.exit !== 'passed' || judged !== count) throw new Error('not all tasks ran')
process.stdout.write(`${JSON.stringify({ rss_mb: process.resourceUsage().maxRSS / 1024 })}\n`)
