// The coordinator that `crash` kills: it begins or resumes the one run with the local engine on a SQLite store, tells the
// witness what it heard to be durable, and dies at the moment it was ordered to, between two instructions of its own.
import { openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { createOrchestrator, localEngine, type Engine, type RunEvent } from '@muster/core'
import { sqlite } from '@muster/stores/sqlite'
import { countOtherOwners } from '../crash/count-other-owners.ts'
import { crashRun, ownerMark, ownerVariable, readOrder } from '../crash/crash-order.ts'
import { crashTasks } from '../crash/crash-tasks.ts'
import { dyingStore } from '../crash/dying-store.ts'
import { plantedStore } from '../crash/planted-store.ts'

const order = readOrder(process.argv[2])
const { folder, owner, moment } = order
const witness = join(folder, 'witness.log')
const file = openSync(witness, 'a')
const tell = (line: string): void => {
  writeSync(file, `${line}\n`)
}
const die = (): void => {
  process.kill(process.pid, 'SIGKILL')
}

const local = localEngine({
  executors: {
    sleep: { module: new URL('./crash-executor.ts', import.meta.url).href, options: { witness } },
  },
  slots: order.slots,
  env: { set: { [ownerVariable]: ownerMark(order) } },
})
const store = plantedStore(sqlite(join(folder, 'runs.db')), order.plant)
const muster = createOrchestrator({
  root: folder,
  engines: [watched(local)],
  store: dyingStore(store, moment, { tell, die }),
  observers: [{ name: 'witness', event: hear }],
})
let heard = 0

const run = owner === 0 ? muster.run({ run: crashRun, tasks: crashTasks(order) }) : muster.resume(crashRun)
const report = await run.report
await muster.close()
tell(`finished ${report.exit}`)

function hear(event: RunEvent): void {
  if (event.kind === 'attempt-launched' && heard === 0) say('launched')
  if (event.kind !== 'attempt-ended') return
  tell(`ack ${event.task} ${String(event.n)} ${event.outcome.result} ${String(owner)}`)
  heard += 1
  if (heard === 1) say('accepted')
  if (moment.kind === 'running' && heard === moment.nth) setTimeout(die, moment.afterMs)
}

/** Tells the benchmark at once: a killed process flushes nothing. */
function say(word: string): void {
  writeSync(1, `${word}\n`)
}

/** Before the first launch nothing of another owner may live. */
function watched(engine: Engine): Engine {
  let hasLaunched = false
  return {
    name: engine.name,
    attach: (context, open) => engine.attach(context, open),
    launch: (commands) => {
      if (!hasLaunched) tell(`alive ${String(countOtherOwners(order))}`)
      hasLaunched = true
      engine.launch(commands)
    },
    cancel: (attempt, because) => {
      engine.cancel(attempt, because)
    },
    detach: (name) => engine.detach(name),
    close: () => engine.close(),
  }
}
