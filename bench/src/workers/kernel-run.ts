// One run of tasks that do nothing, through the orchestrator: validation, retries and events on, nothing kept.
import { createOrchestrator, defineExecutor } from '@muster/core'
import { layeredTasks } from '../layered-tasks.ts'

const count = Number(process.argv[2])
const seed = Number(process.argv[3] ?? 1)
const rounds = Number(process.argv[4] ?? 1)
let best = Infinity
for (let round = 0; round < rounds; round++) {
  const noop = defineExecutor('noop', async () => undefined)
  await using muster = createOrchestrator({ executors: [noop], store: 'none', retry: { maxAttempts: 2 }, slots: 64 })
  const plan = await muster.plan({ tasks: layeredTasks(count, seed) })
  let events = 0
  muster.on('*', () => {
    events++
  })
  globalThis.gc?.()
  const began = performance.now()
  const report = await muster.run({ plan }).report
  const elapsed = performance.now() - began
  if (report.exit !== 'passed' || report.totals.passed !== count || events < 4 * count)
    throw new Error('not all tasks ran')
  best = Math.min(best, elapsed)
}
process.stdout.write(`${JSON.stringify({ us: (best * 1000) / count })}\n`)
