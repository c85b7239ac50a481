// Tasks that come while a run goes on: whatever was handed in is understood or refused by name, a large batch neither blocks the
// run nor its journal, and one that a crash cut off is neither doubled nor forgotten.
import { expect, test } from 'vitest'
import type { TaskDefinition } from '../model/task.ts'
import type { Store } from '../ports/store.ts'
import { decodeCommit } from '../run/commit-codec.ts'
import type { Entry } from '../run/entry.ts'
import { faultyStore } from '../testing/faulty-store.ts'
import { passingEngine, ScriptedEngine } from './fixtures/scripted-engine.ts'
import { memoryStore } from './memory-store.ts'
import { createOrchestrator } from './orchestrator.ts'
import type { TaskBatch } from './task-batch.ts'

const many = (count: number, of = 't'): readonly TaskDefinition[] =>
  Array.from({ length: count }, (_, i) => ({ id: `${of}${i}`, kind: 'task' }))

async function rowsOf(store: Store): Promise<readonly (readonly Entry[])[]> {
  const rows: (readonly Entry[])[] = []
  for await (const batch of store.readJournal('r')) {
    for (const { seq, bytes } of batch) rows.push(decodeCommit(bytes, 'r', seq).entries)
  }
  return rows
}

test('a bare list of tasks is a batch', async () => {
  await using muster = createOrchestrator({ engines: [passingEngine()] })
  const run = muster.run({ keepOpen: true, tasks: [] })
  await run.add(many(2))
  run.close()
  expect((await run.report).totals).toMatchObject({ tasks: 2, passed: 2 })
})

test.each<[string, string]>([
  ['7', 'expected a list of tasks, or an object with one, got number'],
  ['null', 'expected a list of tasks, or an object with one, got null'],
  ['{}', 'expected `tasks` to be a list of tasks, got undefined'],
  ['{"tasks": [], "groups": {}}', 'expected `groups` to be a list of groups, got object'],
  ['{"tasks": [], "facts": []}', 'expected `facts` to be an object of facts by task id, got a list'],
  ['{"tasks": [], "group": []}', 'got `group` (did you mean `groups`?)'],
  ['[7]', 'GRAPH_INVALID'],
  ['[{"id": "a", "kind": "else"}]', 'EXECUTOR_UNKNOWN'],
])('what is no batch is refused by name: %s', async (given, told) => {
  const executor = {
    kind: 'task',
    execute: () => Promise.resolve({ outcome: { result: 'passed', durationMs: 0 } as const }),
  }
  await using muster = createOrchestrator({ executors: [executor] })
  const run = muster.run({ keepOpen: true, tasks: [] })
  const batch = JSON.parse(given) as TaskBatch
  await expect(run.add(batch)).rejects.toThrow(told)
  run.close()
  expect((await run.report).totals.tasks).toBe(0)
})

test('a large batch takes many rows of bounded size, and what ends meanwhile is heard between them', async () => {
  const store = memoryStore()
  const engine = new ScriptedEngine({ slots: 100_000 })
  await using muster = createOrchestrator({ engines: [engine], store })
  const run = muster.run({ run: 'r', keepOpen: true, tasks: many(1, 'first') })
  const launched = new Promise<void>((resolve) => {
    run.on('attempt-launched', () => {
      resolve()
    })
  })
  await launched
  let rowOfEnd = 0
  run.on('attempt-ended', ({ position }) => {
    rowOfEnd ||= position
  })
  const added = run.add(many(50_000))
  const [first] = engine.launched
  if (first !== undefined) engine.end(first.attempt)
  run.close()
  await added
  const rows = await rowsOf(store)
  const chunks = rows.flatMap((entries, at) => (entries.some(({ kind }) => kind === 'tasks-added') ? [at + 1] : []))
  expect(chunks).toHaveLength(11)
  expect(rowOfEnd).toBeLessThan(chunks.at(3) ?? 0)
  run.interrupt()
  for (const { attempt } of engine.launched) engine.end(attempt)
  expect((await run.report).totals).toMatchObject({ tasks: 50_001 })
})

test('what is asked for after a batch comes after it, however large', async () => {
  await using muster = createOrchestrator({ engines: [passingEngine({ slots: 100 })], store: 'none' })
  const run = muster.run({ keepOpen: true, tasks: [] })
  const grouped = many(12_000).map((task) => ({ ...task, groups: ['g'] }))
  const adding = [
    run.add({ tasks: grouped, groups: [{ id: 'g' }] }),
    run.add([{ id: 'after', kind: 'task', dependsOn: ['g'] }]),
  ]
  run.sealGroup('g')
  run.close()
  await Promise.all(adding)
  expect((await run.report).totals).toMatchObject({ tasks: 12_001, passed: 12_001 })
})

test.each(['the same batch', 'another batch'])('a batch that was cut off is complete with %s', async (what) => {
  const inner = memoryStore()
  // Its second chunk is never stored.
  let rows = 0
  let isAdding = false
  const store = faultyStore(inner, ({ method }) =>
    method === 'append' && isAdding && ++rows === 2 ? 'fail' : undefined,
  )
  const first = createOrchestrator({ engines: [passingEngine()], store })
  const run = first.run({ run: 'r', keepOpen: true, tasks: many(1, 'first') })
  for await (const { kind } of run.events) if (kind === 'task-judged') break
  isAdding = true
  await expect(run.add(many(7_000))).rejects.toThrow('STORE_FAILED')
  await expect(run.report).rejects.toThrow('STORE_FAILED')

  await using second = createOrchestrator({ engines: [passingEngine({ slots: 100 })], store: inner })
  const resumed = second.resume('r')
  const notes: string[] = []
  resumed.on('note', ({ text }) => void notes.push(text))
  await resumed.add(what === 'the same batch' ? many(7_000) : many(10, 'other'))
  resumed.close()
  const { totals } = await resumed.report
  expect(totals).toMatchObject(
    what === 'the same batch' ? { tasks: 7_001, passed: 7_001 } : { tasks: 5_011, passed: 5_011 },
  )
  expect(notes).toContainEqual(expect.stringContaining('5000 tasks of a batch were recorded before it was cut off'))
})
