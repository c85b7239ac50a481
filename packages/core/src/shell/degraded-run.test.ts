// What surrounds a run may fail; the run does not. Each part is broken on purpose, and the run ends as if it were whole, and says
// what it lacks. Only a store that does not write stops it.
import { expect, test } from 'vitest'
import { isMusterError } from '../errors/muster-error.ts'
import { defineExecutor } from '../run/define-executor.ts'
import { faultyStore } from '../testing/faulty-store.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { memoryStore } from './memory-store.ts'
import { createOrchestrator } from './orchestrator.ts'
import type { OrchestratorOptions } from './orchestrator-options.ts'
import type { Run } from './run-handle.ts'

const broken = (): never => {
  throw new Error('it is broken')
}
const work = defineExecutor('work', () => undefined)
const failing = defineExecutor('failing', () => {
  throw new Error('no')
})
const tasks = [work.task({ id: 'a' }), work.task({ id: 'b', dependsOn: ['a'] })]

function notesOf(run: Run): readonly string[] {
  const notes: string[] = []
  run.on('note', ({ text }) => void notes.push(text))
  return notes
}

test.each<[string, OrchestratorOptions, RegExp]>([
  ['an observer that throws', { observers: [{ name: 'mine', event: broken }] }, /mine threw on .*it is broken/],
  ['a logger that throws', { logger: { debug: broken, info: broken, warn: broken, error: broken } }, /it is broken/],
  ['a hook after an attempt that throws', { hooks: { afterAttempt: broken } }, /it is broken/],
  ['a hook after a task that throws', { hooks: { afterTask: broken } }, /it is broken/],
  ['a hook after a run that throws', { hooks: { afterRun: broken } }, /it is broken/],
  ['facts that throw', { facts: async () => broken() }, /goes on without what is known of its tasks.*it is broken/],
])('%s fails no run, and is told', async (_, options, note) => {
  await using muster = createOrchestrator({ executors: [work], ...options })
  const run = muster.run({ tasks })
  const notes = notesOf(run)
  expect(await run.report).toMatchObject({ exit: 'passed', totals: { passed: 2 } })
  expect(notes.join('\n')).toMatch(note)
})

test('facts that never answer hold a run up for no longer than their limit', async () => {
  const clock = new ManualClock()
  let asked: (() => void) | undefined
  const isAsked = new Promise<void>((resolve) => (asked = resolve))
  const facts = (): Promise<never> => {
    asked?.()
    return new Promise(() => undefined)
  }
  await using muster = createOrchestrator({ executors: [work], clock, hookTimeoutMs: 1000, facts })
  const run = muster.run({ tasks })
  const notes = notesOf(run)
  await isAsked
  clock.advance(1000)
  expect((await run.report).exit).toBe('passed')
  expect(notes[0]).toMatch(/no answer for 1000 ms/)
})

test('a store that does not read details back costs the report these and nothing else', async () => {
  const store = {
    ...faultyStore(memoryStore(), () => undefined),
    readDetails: () => Promise.reject(new Error('it is broken')),
  }
  const printing = defineExecutor('printing', (_, context) => {
    context.log('a line')
  })
  await using muster = createOrchestrator({ executors: [work, printing], store })
  const run = muster.run({ tasks: [...tasks, printing.task({ id: 'c' })] })
  const notes = notesOf(run)
  expect(await run.report).toMatchObject({ exit: 'passed', totals: { passed: 3 } })
  expect(notes).toEqual([expect.stringMatching(/lacks cases and output of attempts: it is broken/)])
})

test('a store that does not write stops new work and says so', async () => {
  const started: string[] = []
  const noted = defineExecutor('noted', (task) => void started.push(task.id))
  const store = faultyStore(memoryStore(), ({ method, seq }) => (method === 'append' && seq === 2 ? 'full' : undefined))
  await using muster = createOrchestrator({ executors: [noted], store, slots: 1 })
  const many = Array.from({ length: 20 }, (_, i) => noted.task({ id: `t${i}` }))
  await expect(muster.run({ tasks: many }).report).rejects.toMatchObject({ code: 'STORE_FULL' })
  expect(started.length).toBeLessThan(20)
})

test('what was found out before the store failed comes with its error, said to be no more than a part', async () => {
  let appends = 0
  const store = faultyStore(memoryStore(), ({ method }) => {
    appends += method === 'append' ? 1 : 0
    return method === 'append' && appends > 6 ? 'full' : undefined
  })
  await using muster = createOrchestrator({ executors: [work, failing], store, slots: 1 })
  const many = Array.from({ length: 20 }, (_, i) => work.task({ id: `t${i}` }))
  const run = muster.run({ tasks: [failing.task({ id: 'bad' }), ...many] })
  const notes = notesOf(run)
  const error: unknown = await run.report.catch((thrown: unknown) => thrown)
  if (!isMusterError(error)) throw new Error('expected an error of ours')
  expect(error.code).toBe('STORE_FULL')
  expect(error.report).toMatchObject({ ending: 'interrupted', exit: 'interrupted' })
  expect(error.report?.totals.failed).toBe(1)
  expect(error.report?.tasks.some(({ verdict }) => verdict === undefined)).toBe(true)
  expect(notes).toContainEqual(expect.stringMatching(/^no space was left while there ran: /))
})

test('dependents of what failed are blocked by name at once, while the rest goes on', async () => {
  await using muster = createOrchestrator({ executors: [work, failing] })
  const run = muster.run({
    tasks: [
      failing.task({ id: 'base' }),
      work.task({ id: 'middle', dependsOn: ['base'] }),
      work.task({ id: 'top', dependsOn: ['middle'] }),
      work.task({ id: 'other' }),
    ],
  })
  const { tasks: judged } = await run.report
  expect(judged.map(({ id, verdict }) => [id, verdict?.kind, verdict?.kind === 'blocked' ? verdict.by : ''])).toEqual([
    ['base', 'failed', ''],
    ['middle', 'blocked', 'base'],
    ['top', 'blocked', 'base'],
    ['other', 'passed', ''],
  ])
})

test('a run that is interrupted reports what it has', async () => {
  const slow = defineExecutor('slow', async (_, { signal }) => {
    await new Promise((resolve) => {
      signal.addEventListener('abort', resolve)
    })
    signal.throwIfAborted()
  })
  await using muster = createOrchestrator({ executors: [work, slow] })
  const run = muster.run({ tasks: [work.task({ id: 'a' }), slow.task({ id: 'b', dependsOn: ['a'] })] })
  run.on('attempt-started', ({ task }) => {
    if (task === 'b') run.interrupt('somebody')
  })
  const report = await run.report
  expect(report.ending).toBe('interrupted')
  expect(report.tasks.map(({ verdict }) => verdict?.kind)).toEqual(['passed', undefined])
})
