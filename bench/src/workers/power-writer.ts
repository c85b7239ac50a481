// Runs tasks that do nothing, one run after another, onto the disk whose power is about to be cut, and tells a witness on
// another disk each end that it heard to be durable.
import { openSync, writeSync } from 'node:fs'
import { createOrchestrator, defineExecutor } from '@muster/core'
import { sqlite } from '@muster/stores/sqlite'

const [, , database = '', witness = '', fault] = process.argv
const file = openSync(witness, 'a')
const noop = defineExecutor('noop', async (task, { run }) => {
  if (fault === 'tell-too-early') writeSync(file, `${run} ${task.id}\n`)
})
const muster = createOrchestrator({ executors: [noop], store: sqlite(database), slots: 64 })
for (let round = 0; ; round++) {
  const run = `power-${String(round)}`
  const going = muster.run({
    run,
    tasks: Array.from({ length: 20_000 }, (_, at) => ({ id: `t${String(at)}`, kind: 'noop' })),
  })
  going.on('attempt-ended', ({ task }) => {
    writeSync(file, `${run} ${task}\n`)
  })
  await going.report
}
