// What is asked in a shape that there is not, or too late, is refused in words that help.
import { availableParallelism } from 'node:os'
import { expect, test } from 'vitest'
import { defineExecutor } from '../run/define-executor.ts'
import { createOrchestrator } from './orchestrator.ts'

const work = defineExecutor('work', () => undefined)

test('a cancel of another shape is refused with the shapes that there are', async () => {
  await using muster = createOrchestrator({ executors: [work] })
  const run = muster.run({ tasks: [work.task({ id: 'a' })] })
  const cancel: unknown = Reflect.get(run, 'cancel')
  if (typeof cancel !== 'function') throw new Error('a run can be cancelled')
  for (const scope of [{ group: 'g' }, { kind: 'group' }, { kind: 'tasks', task: 'a' }, null, 'g']) {
    expect(() => Reflect.apply(cancel, run, [scope]) as unknown).toThrow(
      "OPTIONS_INVALID: expected a cancel of { kind: 'run' }, { kind: 'group', group: id } or { kind: 'task', task: id }, got",
    )
  }
  expect((await run.report).exit).toBe('passed')
})

test('a listener for an event that there is not is refused with the nearest name', async () => {
  await using muster = createOrchestrator({ executors: [work] })
  const run = muster.run({ tasks: [] })
  for (const on of [muster, run]) {
    const listen: unknown = Reflect.get(on, 'on')
    if (typeof listen !== 'function') throw new Error('one can listen')
    expect(() => Reflect.apply(listen, on, ['task-juged', () => undefined]) as unknown).toThrow(
      'got "task-juged". Did you mean task-judged?',
    )
    on.on('*', () => undefined)
  }
  await run.report
})

test('the remedy says what to do about tasks that come too late, or to a run that takes none', async () => {
  const muster = createOrchestrator({ executors: [work] })
  const run = muster.run({ tasks: [] })
  const remedy = 'Start the run with keepOpen, and add before close.'
  await expect(run.add([work.task({ id: 'a' })])).rejects.toMatchObject({ code: 'RUN_CLOSED', remedy })
  await run.report
  await muster.close()
  expect(() => muster.run()).toThrow('Create another orchestrator')
})

test('a bad addition does not say that nothing was run', async () => {
  await using muster = createOrchestrator({ executors: [work] })
  const run = muster.run({ tasks: [], keepOpen: true })
  await expect(run.add([work.task({ id: 'a', dependsOn: ['none'] })])).rejects.toMatchObject({
    code: 'GRAPH_INVALID',
    remedy: expect.stringContaining('the run goes on') as unknown,
  })
  run.close()
  await run.report
})

test.each([
  ['simple', availableParallelism()],
  ['adaptive', availableParallelism()],
  ['max-parallel', 1],
  [3, 3],
  [undefined, 16],
] as const)('slots %s are %d for executors of this process too', async (slots, expected) => {
  await using muster = createOrchestrator({ executors: [work], ...(slots === undefined ? {} : { slots }) })
  const run = muster.run({ tasks: [work.task({ id: 'a' })] })
  const joined: (number | undefined)[] = []
  run.on('worker-joined', ({ worker }) => joined.push(worker.capacity['slots']))
  await run.report
  expect(joined[0]).toBe(expected)
})

test.each([
  ['it', new Map([['a', 1]]), 'Map'],
  ['its `seen`', { deep: { seen: new Set([1]) } }, 'Set'],
])('%s that JSON would empty fails the attempt by its place', async (where, output, name) => {
  const giving = defineExecutor('giving', () => output)
  await using muster = createOrchestrator({ executors: [giving] })
  const report = await muster.run({ tasks: [giving.task({ id: 'a' })] }).report
  expect(report.tasks[0]?.verdict).toMatchObject({
    kind: 'failed',
    failure: { message: expect.stringContaining(`${where} is a ${name}, of which JSON keeps nothing`) as unknown },
  })
})
