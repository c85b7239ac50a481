// Node's own `events.once` and `events.on` take a run and an orchestrator as they take any emitter.
import { on, once } from 'node:events'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { defineExecutor } from '../run/define-executor.ts'
import { createOrchestrator, type Orchestrator } from './orchestrator.ts'

const step = defineExecutor('step', () => undefined)
const tasks = [step.task({ id: 'a' }), step.task({ id: 'b', dependsOn: ['a'] })]
const muster = (): Orchestrator => createOrchestrator({ executors: [step] })

const told = z.tuple([z.object({ task: z.string() })])
// The types of `node:events` ask for all of an emitter; what it calls is what is there.
const onceOf = z.custom<(from: unknown, name: string) => Promise<unknown>>().parse(once)
const onOf = z.custom<(from: unknown, name: string) => AsyncIterable<unknown>>().parse(on)
const firstTask = async (from: unknown): Promise<string> => told.parse(await onceOf(from, 'task-judged'))[0].task

test('events.once awaits an event of a run', async () => {
  await using orchestrator = muster()
  expect(await firstTask(orchestrator.run({ tasks }))).toBe('a')
})

test('events.once awaits an event of an orchestrator', async () => {
  await using orchestrator = muster()
  const first = firstTask(orchestrator)
  await orchestrator.run({ tasks }).report
  expect(await first).toBe('a')
})

test('events.once rejects where there will be no report', async () => {
  await using orchestrator = muster()
  const run = orchestrator.run({ tasks: [step.task({ id: 'a', dependsOn: ['nobody'] })] })
  await expect(onceOf(run, 'task-judged')).rejects.toMatchObject({ code: 'GRAPH_INVALID' })
  await expect(run.report).rejects.toMatchObject({ code: 'GRAPH_INVALID' })
})

test('events.on reads one event after the other, and lets go of the run', async () => {
  await using orchestrator = muster()
  const run = orchestrator.run({ tasks })
  const seen: string[] = []
  for await (const event of onOf(run, 'task-judged')) {
    seen.push(told.parse(event)[0].task)
    if (seen.length === 2) break
  }
  expect(seen).toEqual(['a', 'b'])
  await run.report
})

test('once hears once, by either removal nothing more is heard', async () => {
  await using orchestrator = muster()
  const heard: string[] = []
  const hears = (name: string) => (): void => {
    heard.push(name)
  }
  const [twice, gone] = [hears('twice'), hears('gone')]
  orchestrator.once('task-judged', hears('once'))
  orchestrator.on('task-judged', twice)
  orchestrator.on('task-judged', gone)
  orchestrator.off('task-judged', gone)
  orchestrator.off('task-judged', gone)
  orchestrator.off('task-retrying', twice)
  const removed = orchestrator.once('task-judged', hears('removed'))
  removed()
  await orchestrator.run({ tasks }).report
  expect(heard).toEqual(['once', 'twice', 'twice'])
})
