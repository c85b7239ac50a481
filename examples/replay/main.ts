// A run's journal holds every decision. Replaying it checks that the same decisions would be made today; with another policy it
// names the first one that would differ. Nothing is run again.
import { createOrchestrator, defineExecutor, fifo, memoryStore, type Policy } from '@muster/core'
import { longestFirst } from '@muster/scheduler'

const test = defineExecutor('test', () => undefined)
const store = memoryStore()

function open(policy: Policy) {
  return createOrchestrator({ executors: [test], store, policy, slots: 1 })
}

const first = open(fifo())
await first.run({
  run: 'monday',
  tasks: [
    test.task({ id: 'short', expectedMs: 10 }),
    test.task({ id: 'long', expectedMs: 900 }),
    test.task({ id: 'middle', expectedMs: 100 }),
  ],
}).report

const same = await first.replay('monday')
console.log(`first in, first out again: ${same.parting === undefined ? 'every entry the same' : 'something differs'}`)

const other = await open(longestFirst()).replay('monday')
const { recorded, decided } = other.parting ?? {}
const task = (entry: typeof recorded) => (entry?.kind === 'launched' ? `starts task ${entry.task}` : entry?.kind)
console.log(`longest first: the journal ${task(recorded)}, today ${task(decided)}`)
console.log(`what ran then is not touched: ${(await first.report('monday')).totals.passed} passed`)
