import { expect, test } from 'vitest'
import type { Policy } from '../ports/policy.ts'
import { defineExecutor } from '../run/define-executor.ts'
import { createOrchestrator } from './orchestrator.ts'

const refusing: Policy = {
  name: 'refusing',
  key: ({ order }) => order,
  admit: ({ definition }, worker) =>
    definition.id === 'late' && worker.free('slots') < 2
      ? { by: 'refusing', because: 'somebody is there', wakesOn: 'capacity' }
      : undefined,
}
const why = 'It is ready; refusing refused it: somebody is there. It is asked again on a change of capacity.'

test('a run can be asked why as soon as it tells events', async () => {
  const quick = defineExecutor('quick', () => undefined)
  await using muster = createOrchestrator({ executors: [quick], slots: 2, policy: refusing })
  const run = muster.run({ tasks: [quick.task({ id: 'early' }), quick.task({ id: 'late' })] })
  const told: string[] = []
  run.on('attempt-launched', ({ task }) => {
    if (task === 'early') told.push(...run.explain('late').sentences)
  })
  await run.report
  expect(told).toEqual([why])
})

test('what a policy refuses is explained by the journal of a run that goes on', async () => {
  let start: () => void = () => undefined
  const started = new Promise<void>((resolve) => (start = resolve))
  let release: () => void = () => undefined
  const released = new Promise<void>((resolve) => (release = resolve))
  const held = defineExecutor('held', async () => {
    start()
    await released
  })
  await using muster = createOrchestrator({ executors: [held], slots: 2, policy: refusing })
  const run = muster.run({ tasks: [held.task({ id: 'early' }), held.task({ id: 'late' })] })
  await started
  expect((await muster.explain(run.id, 'late')).sentences).toEqual([why])
  release()
  await run.report
})

test('a message of many lines, ended as it likes, makes one sentence without a stray blank', async () => {
  const broken = defineExecutor('broken', () => {
    throw new Error('Expected values to be equal:\n\n2 !== 3\n')
  })
  await using muster = createOrchestrator({ executors: [broken] })
  const run = muster.run({ tasks: [broken.task({ id: 'a' })] })
  await run.report
  const { sentences } = await muster.explain(run.id, 'a')
  expect(sentences[0]).toMatch(/^It failed: .*equal: 2 !== 3\.$/)
  expect(sentences[1]).toMatch(/^Attempt 1 .*equal: 2 !== 3\)\.$/)
})

test('a task that is not there is refused with the name that was probably meant', async () => {
  const quick = defineExecutor('quick', () => undefined)
  await using muster = createOrchestrator({ executors: [quick] })
  const run = muster.run({ tasks: [quick.task({ id: 'checkout' })] })
  await run.report
  await expect(muster.explain(run.id, 'chekout')).rejects.toThrow('got "chekout". Did you mean "checkout"?')
})
