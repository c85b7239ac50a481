// A recovery strategy of one's own, what a run makes of it, what is remembered, and what the next run begins with.
import { recoveryHistory, foldRun } from '@muster/analysis'
import {
  createOrchestrator,
  defineExecutor,
  type DependencyDefinition,
  memoryStore,
  type RunReport,
} from '@muster/core'
import { defineRecoveryStrategy, explainRecovery } from '@muster/core/recovery'

const patience = defineRecoveryStrategy({
  name: 'patience',
  level: 2,
  does: 'gives the service time to come back',
  effect: { kind: 'retry', delayMs: 5 },
  categories: ['network'],
})

/** Tasks for which the service was left alone for long enough; played here by whether somebody was patient. */
const isBack = new Set<string>()
const query = defineExecutor('query', async ({ id }, { run, n }) => {
  await new Promise((resolve) => setTimeout(resolve, 25))
  if (n === 1 || !isBack.has(`${run} ${id}`)) throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })
})

const store = memoryStore()
const retry = { maxAttempts: 3, maxDelayMs: 1, jitter: 0, budget: null } as const
await using muster = createOrchestrator({
  executors: [query],
  slots: 1,
  retry,
  recovery: {
    strategies: [patience],
    // Of the built-in ones only the plain retry is kept, so that the output is short.
    without: ['delay', 'other-worker', 'reduced-concurrency'],
    records: () => recoveryHistory(store),
  },
})

async function show(name: string): Promise<RunReport> {
  // One after the other, so that the output is always the same.
  const dependsOn = (i: number): readonly DependencyDefinition[] => (i === 0 ? [] : [{ on: `q${i - 1}`, kind: 'soft' }])
  const tasks = [0, 1, 2, 3].map((i) => query.task({ id: `q${i}`, dependsOn: dependsOn(i) }))
  const run = muster.run({ run: name, seed: 3, tasks })
  run.on('task-retrying', ({ task, n, recovery }) => {
    if (recovery?.strategy === 'patience') isBack.add(`${name} ${task}`)
    console.log(`  ${task} attempt ${n}: ${recovery === undefined ? 'as before' : explainRecovery(recovery)}`)
  })
  console.log(`${name}:`)
  return run.report
}

await foldRun(store, await show('first run'), { retry })
console.log('known by now:')
for (const { strategy, helped, uses } of (await recoveryHistory(store)).values())
  console.log(`  ${strategy} helped ${helped} of ${uses} times`)
await show('second run')
