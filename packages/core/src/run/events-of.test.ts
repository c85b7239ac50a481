import { describe, expect, test } from 'vitest'
import { createOrchestrator } from '../shell/orchestrator.ts'
import { defineExecutor } from './define-executor.ts'

describe('task-retrying', () => {
  test.each([0, 1])('names the attempt that follows, with a delay of %i ms', async (baseDelayMs) => {
    const wobbly = defineExecutor('wobbly', (_, { n }) => {
      if (n < 3) throw new Error('not yet')
    })
    const retry = { maxAttempts: 3, baseDelayMs, jitter: 0 }
    await using muster = createOrchestrator({ executors: [wobbly], store: 'none', retry })
    const run = muster.run({ tasks: [wobbly.task({ id: 'a' })] })
    const told: (readonly number[])[] = []
    run.on('task-retrying', ({ n, attemptsLeft }) => told.push([n, attemptsLeft]))
    await run.report
    expect(told).toEqual([
      [2, 2],
      [3, 1],
    ])
  })
})
