// Who may run beside whom: a group that limits itself, a lock that one task holds at a time, and a run that is paused and
// goes on. A witness counts what really ran at the same time.
import { setTimeout as sleep } from 'node:timers/promises'
import { createOrchestrator, defineExecutor } from '@muster/core'

const now = { all: 0, database: 0, port: 0 }
const most = { ...now }

const work = defineExecutor<Partial<typeof now>>('work', async ({ payload }) => {
  change(1, payload)
  await sleep(5)
  change(-1, payload)
})

function change(sign: number, { database = 0, port = 0 }: Partial<typeof now>): void {
  now.all += sign
  now.database += sign * database
  now.port += sign * port
  for (const name of ['all', 'database', 'port'] as const) most[name] = Math.max(most[name], now[name])
}

const numbers = [1, 2, 3, 4, 5, 6]
await using muster = createOrchestrator({ executors: [work], slots: 4 })
const run = muster.run({
  groups: [{ id: 'database', concurrency: 2 }],
  tasks: [
    ...numbers.map((n) => work.task({ id: `query ${n}`, groups: ['database'], payload: { database: 1 } })),
    ...numbers.map((n) => work.task({ id: `server ${n}`, needs: { locks: ['port 8080'] }, payload: { port: 1 } })),
    ...numbers.map((n) => work.task({ id: `free ${n}`, payload: {} })),
  ],
})
run.on('run-paused', () => {
  console.log('paused: what runs goes on, nothing new starts')
  void whilePaused()
})
run.on('run-unpaused', () => {
  console.log('goes on')
})
async function whilePaused(): Promise<void> {
  while (now.all > 0) await sleep(5)
  await sleep(20)
  console.log(now.all === 0 ? 'everything that ran came to its end' : 'something started')
  run.unpause()
}

let judged = 0
run.on('task-judged', () => {
  judged += 1
  if (judged === 5) run.pause()
})
const report = await run.report
console.log(`${report.totals.passed} tasks passed`)
console.log(`most at once: ${most.all} of 4 slots, ${most.database} of the group, ${most.port} with the lock`)
