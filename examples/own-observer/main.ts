// Traces a run on two slots and writes the timeline to a file. A second observer throws at each retry, to show that an
// observer can spoil nothing.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createOrchestrator, defineExecutor, type Observer } from '@muster/core'
import { TraceObserver } from './trace-observer.ts'

const bake = defineExecutor('bake', async (task, { n }) => {
  if (task.id === 'cake' && n === 1) throw new Error('it fell in on itself')
})
const clumsy: Observer = {
  name: 'clumsy',
  event: ({ kind }) => {
    if (kind === 'task-retrying') throw new Error('dropped the notebook')
  },
}

const trace = new TraceObserver()
await using muster = createOrchestrator({
  executors: [bake],
  observers: [trace, clumsy],
  slots: 2,
  retry: { maxAttempts: 2, baseDelayMs: 0 },
})
const run = muster.run({
  tasks: [
    bake.task({ id: 'dough' }),
    bake.task({ id: 'cream' }),
    bake.task({ id: 'bread', dependsOn: ['dough'] }),
    bake.task({ id: 'cake', dependsOn: ['dough', 'cream'] }),
  ],
})
run.on('note', ({ text }) => {
  console.log(`note: ${text}`)
})
const { exit } = await run.report

for (const { name, tid, dur, args } of trace.bars) {
  console.log(`${name}, attempt ${args.attempt}: ${args.ended} on slot ${tid} in ${dur / 1000} ms`)
}
const folder = join(import.meta.dirname, '.muster')
await mkdir(folder, { recursive: true })
await writeFile(join(folder, 'trace.json'), JSON.stringify({ traceEvents: trace.bars }))
console.log(`${exit}; the timeline is in .muster/trace.json`)
