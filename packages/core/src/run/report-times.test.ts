// What a report needs to tell waiting for a retry from waiting for room, and a late task from one that waited.
import { expect, test } from 'vitest'
import { createOrchestrator } from '../shell/orchestrator.ts'
import { defineExecutor } from './define-executor.ts'

test('an attempt knows when the wait before it was over, and a task what it takes beside slots', async () => {
  const unsure = defineExecutor('unsure', (_, { n }) => {
    if (n === 1) throw new Error('not yet')
    return Promise.resolve()
  })
  await using muster = createOrchestrator({
    executors: [unsure],
    retry: { maxAttempts: 2, baseDelayMs: 20, maxDelayMs: 20 },
  })
  const { tasks } = await muster.run({
    tasks: [unsure.task({ id: 'a', groups: ['limited', 'free'], needs: { locks: ['db'] } }), unsure.task({ id: 'b' })],
    groups: [{ id: 'limited', concurrency: 1 }],
  }).report
  expect(tasks.map(({ holds }) => holds)).toEqual([['lock db', 'group limited'], undefined])
  for (const { attempts } of tasks) {
    const [first, second] = attempts
    expect(first?.readyAtMs).toBeUndefined()
    expect(second?.readyAtMs).toBeGreaterThan(first?.closedAtMs ?? Infinity)
    expect(second?.launchedAtMs).toBeGreaterThanOrEqual(second?.readyAtMs ?? Infinity)
  }
})

test('a task that is added while the run goes on knows when it came', async () => {
  const work = defineExecutor('work', async () => {
    await new Promise((resolve) => setImmediate(resolve))
  })
  await using muster = createOrchestrator({ executors: [work] })
  const run = muster.run({ tasks: [work.task({ id: 'a' })], keepOpen: true })
  for await (const event of run.events) {
    if (event.kind === 'task-judged' && event.task === 'a') {
      await run.add({ tasks: [work.task({ id: 'b' })] })
      run.close()
    }
  }
  const [a, b] = (await run.report).tasks
  expect(a?.addedAtMs).toBeUndefined()
  expect(b?.addedAtMs).toBeGreaterThanOrEqual(a?.attempts[0]?.closedAtMs ?? Infinity)
})
