import { expect, test } from 'vitest'
import { ManualClock } from '../testing/manual-clock.ts'
import { defineExecutor } from '../run/define-executor.ts'
import { createOrchestrator } from './orchestrator.ts'

const work = defineExecutor('work', () => undefined)
const tasks = [work.task({ id: 'a' })]
const mine = (): never => {
  throw new TypeError('mine')
}

test('what the hook beforeRun throws is told as its own, with the line', async () => {
  await using muster = createOrchestrator({ executors: [work], hooks: { beforeRun: mine } })
  await expect(muster.run({ tasks }).report).rejects.toMatchObject({
    code: 'HOOK_FAILED',
    expected: 'the hook beforeRun not to throw',
    got: expect.stringMatching(/^TypeError: mine \(.*ask-user\.test\.ts:\d+:\d+\)$/) as unknown,
  })
})

test('a plan tells what facts throws, with the line', async () => {
  await using muster = createOrchestrator({ executors: [work], facts: async () => mine() })
  await expect(muster.plan({ tasks })).rejects.toMatchObject({
    code: 'HOOK_FAILED',
    expected: 'the function facts not to throw',
  })
})

test('the hook beforeRun that does not answer is given up by name', async () => {
  const clock = new ManualClock()
  let asked: (() => void) | undefined
  const isAsked = new Promise<void>((resolve) => (asked = resolve))
  const hang = (): Promise<never> => {
    asked?.()
    return new Promise(() => undefined)
  }
  await using muster = createOrchestrator({
    executors: [work],
    clock,
    hookTimeoutMs: 1000,
    hooks: { beforeRun: hang },
  })
  const { report } = muster.run({ tasks })
  await isAsked
  clock.advance(1000)
  await expect(report).rejects.toMatchObject({
    code: 'HOOK_FAILED',
    expected: 'the hook beforeRun to answer',
    got: 'no answer for 1000 ms',
  })
})

test.each(['beforeTask', 'beforeAttempt'])('%s that does not answer fails its attempt by name', async (name) => {
  const clock = new ManualClock()
  let asked: (() => void) | undefined
  const isAsked = new Promise<void>((resolve) => (asked = resolve))
  const hang = (): Promise<never> => {
    asked?.()
    return new Promise(() => undefined)
  }
  await using muster = createOrchestrator({
    executors: [work],
    clock,
    hookTimeoutMs: 1000,
    timeoutMs: 10,
    hooks: { [name]: hang },
  })
  const { report } = muster.run({ tasks })
  await isAsked
  clock.advance(1000)
  const message = expect.stringContaining(`expected the hook ${name} to answer, got no answer for 1000 ms`) as unknown
  expect((await report).tasks[0]?.verdict).toMatchObject({ kind: 'failed', failure: { message } })
})
