// Writes a run of tasks that do nothing into a database and leaves it unfinished, as a crash would: a last task waits for
// ever, and the process ends under it.
import { createOrchestrator, defineExecutor } from '@muster/core'
import { sqlite } from '@muster/stores/sqlite'
import { layeredTasks } from '../layered-tasks.ts'

const file = process.argv[2] ?? ''
const count = Number(process.argv[3])
const noop = defineExecutor('noop', async (task) => {
  // The last task never ends.
  if (task.id === 'last') await new Promise(() => undefined)
})
const muster = createOrchestrator({ executors: [noop], store: sqlite(file), slots: 64 })
const tasks = [...layeredTasks(count - 1, 1), { id: 'last', kind: 'noop' }]
let judged = 0
muster.on('task-judged', () => {
  judged++
  if (judged < count - 1) return
  process.stdout.write(`${JSON.stringify({ judged })}\n`, () => {
    process.kill(process.pid, 'SIGKILL')
  })
})
await muster.run({ run: 'long', tasks }).report
