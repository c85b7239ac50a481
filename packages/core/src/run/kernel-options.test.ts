import { expect, test } from 'vitest'
import { createOrchestrator } from '../shell/orchestrator.ts'
import { defineExecutor } from './define-executor.ts'
import { kernelOptions } from './kernel-options.ts'

test('attempts as a whole number stand for retries with the usual waits', () => {
  expect(kernelOptions.parse({ retry: 3 })).toEqual(kernelOptions.parse({ retry: { maxAttempts: 3 } }))
})

test('an orchestrator and a run take them, the run before the orchestrator', async () => {
  const flaky = defineExecutor('flaky', (_, { n }) => {
    if (n < 2) throw new Error('not yet')
  })
  await using muster = createOrchestrator({ executors: [flaky], retry: 2 })
  const tasks = [flaky.task({ id: 'a' })]
  expect((await muster.run({ tasks }).report).totals).toMatchObject({ flaky: 1 })
  expect((await muster.run({ tasks, retry: 1 }).report).totals).toMatchObject({ failed: 1 })
  await expect(muster.run({ tasks, retry: 0 }).report).rejects.toMatchObject({
    code: 'OPTIONS_INVALID',
    got: expect.stringMatching(/^run\.retry: .*got 0 \(number\)$/) as unknown,
  })
})
