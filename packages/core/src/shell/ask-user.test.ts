import { expect, test } from 'vitest'
import { defineExecutor } from '../run/define-executor.ts'
import { createOrchestrator } from './orchestrator.ts'

const work = defineExecutor('work', () => undefined)
const tasks = [work.task({ id: 'a' })]
const mine = (): never => {
  throw new TypeError('mine')
}

test.each([
  ['the hook beforeRun', { hooks: { beforeRun: mine } }],
  ['the function facts', { facts: async () => mine() }],
])('what %s throws is told as its own, with the line', async (what, options) => {
  await using muster = createOrchestrator({ executors: [work], ...options })
  await expect(muster.run({ tasks }).report).rejects.toMatchObject({
    code: 'HOOK_FAILED',
    expected: `${what} not to throw`,
    got: expect.stringMatching(/^TypeError: mine \(.*ask-user\.test\.ts:\d+:\d+\)$/) as unknown,
  })
})

test('a plan tells it as well', async () => {
  await using muster = createOrchestrator({ executors: [work], facts: async () => mine() })
  await expect(muster.plan({ tasks })).rejects.toMatchObject({ code: 'HOOK_FAILED' })
})
