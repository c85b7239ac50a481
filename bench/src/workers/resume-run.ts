// Opens a run again and says how long it took until the first new attempt was accepted.
import { createOrchestrator, defineExecutor } from '@muster/core'
import { sqlite } from '@muster/stores/sqlite'

const file = process.argv[2] ?? ''
const noop = defineExecutor('noop', async () => undefined)
const began = performance.now()
const muster = createOrchestrator({ executors: [noop], store: sqlite(file), slots: 64 })
const run = muster.resume('long')
let ms = Number.NaN
run.on('attempt-launched', () => {
  ms = performance.now() - began
})
const report = await run.report
if (report.exit !== 'passed') throw new Error(`the resumed run ended ${report.exit}`)
await muster.close()
process.stdout.write(`${JSON.stringify({ ms })}\n`)
