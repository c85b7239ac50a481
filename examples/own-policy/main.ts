// Composes two policies of one's own with one that comes with Muster, looks at what they would do before anything runs, and
// then runs them.
import { createOrchestrator, defineExecutor, type Policy } from '@muster/core'
import { buildGraph, requireGraph } from '@muster/core/graph'
import { andThen, expectedMakespan, longestFirst } from '@muster/scheduler'
import { changedFirst } from './changed-first.ts'
import { leaveRoom } from './leave-room.ts'

const test = defineExecutor('test', () => undefined)
const tasks = [
  test.task({ id: 'report', file: 'src/report.ts', expectedMs: 60, tags: ['long'] }),
  test.task({ id: 'import', file: 'src/import.ts', expectedMs: 90, tags: ['long'] }),
  test.task({ id: 'price', file: 'src/price.ts', expectedMs: 10 }),
  test.task({ id: 'basket', file: 'src/basket.ts', expectedMs: 20 }),
]
const changed = changedFirst(new Set(['src/price.ts']))
const mine: Policy = andThen(andThen(leaveRoom(1), changed), longestFirst())

const graph = requireGraph(buildGraph(tasks))
const workers = [{ id: 'in-process', engine: 'in-process', kinds: ['test'], capacity: { slots: 2 } }]
for (const policy of [longestFirst(), mine]) {
  const plan = expectedMakespan({ graph, workers, policy })
  if (plan.kind === 'unknown') continue
  const starts = plan.tasks.map(({ id, startMs }) => `${id} at ${startMs}`)
  console.log(`${policy.name}: ${starts.join(', ')}; all done at ${plan.makespanMs}`)
}

await using muster = createOrchestrator({ executors: [test], slots: 2, policy: mine })
const run = muster.run({ tasks })
run.on('attempt-launched', ({ task }) => {
  console.log(`launched ${task}`)
  if (task === 'import') console.log('report waits:', run.explain('report').sentences.join(' '))
})
console.log((await run.report).exit)
