import {
  createOrchestrator,
  defineExecutor,
  memoryStore,
  type RunReport,
  type Store,
  type TaskReport,
} from '@muster/core'
import { expect, test } from 'vitest'
import { taskKey } from '../history/record-key.ts'
import { foldRun } from './fold-run.ts'
import { historyFacts } from './history-facts.ts'
import { readSummaries, taskHistory } from './task-history.ts'

function passed(id: string, durationMs: number): TaskReport {
  return {
    id,
    kind: 'unit',
    verdict: { kind: 'passed' },
    attempts: [
      { n: 1, worker: 'w', launchedAtMs: 0, ending: { kind: 'ended', outcome: { result: 'passed', durationMs } } },
    ],
  }
}

function report(run: string, tasks: readonly TaskReport[], ending: RunReport['ending'] = 'finished'): RunReport {
  const none = {
    passed: 0,
    flaky: 0,
    failed: 0,
    'timed-out': 0,
    blocked: 0,
    skipped: 0,
    cancelled: 0,
    poisoned: 0,
    unplaceable: 0,
  }
  return {
    version: 1,
    run,
    ending,
    exit: 'passed',
    exitCode: 0,
    startedAtWallMs: 1000,
    durationMs: 10,
    totals: { ...none, tasks: tasks.length, open: 0 },
    cases: { passed: 0, failed: 0, skipped: 0, flaky: 0 },
    tasks,
  }
}

const runsOf = async (store: Store, id: string): Promise<number | undefined> =>
  (await taskHistory(store, { kind: 'unit', id }))?.verdicts.passed

test('folding a run twice changes nothing', async () => {
  const store = memoryStore()
  expect(await foldRun(store, report('r1', [passed('a', 5)]))).toEqual({ kind: 'folded', tasks: 1, problems: [] })
  const once = await store.readHistory({ prefix: '' })
  expect(await foldRun(store, report('r1', [passed('a', 5)]))).toEqual({
    kind: 'already-folded',
    tasks: 0,
    problems: [],
  })
  expect(await store.readHistory({ prefix: '' })).toEqual(once)
})

test('facts come from what passed, task by task', async () => {
  const store = memoryStore()
  for (const [i, ms] of [100, 110, 900].entries())
    await foldRun(store, report(`r${i}`, [passed('a', ms), passed('b', ms * 2)]))
  expect(
    await historyFacts(store, [
      { kind: 'unit', id: 'a' },
      { kind: 'unit', id: 'new' },
    ]),
  ).toEqual({
    a: {
      duration: { medianMs: 110, p10Ms: 102, p90Ms: 742, samples: 3, measuredAtWallMs: 1000 },
      failureRate: 0,
      flakyRate: 0,
    },
  })
  expect(Object.keys(await historyFacts(store))).toEqual(['a', 'b'])
})

test('an id that names what objects inherit has no facts until it has a history', async () => {
  const store = memoryStore()
  await foldRun(store, report('r1', [passed('__proto__', 3)]))
  const facts = await historyFacts(store)
  expect(facts['constructor']).toBeUndefined()
  expect(Object.entries(facts)).toMatchObject([['__proto__', { duration: { medianMs: 3 } }]])
})

test('runs that end together do not overwrite one another', async () => {
  const store = memoryStore()
  const runs = Array.from({ length: 20 }, (_, i) => report(`r${i}`, [passed('a', i)]))
  const results = await Promise.all(runs.map((run) => foldRun(store, run)))
  expect(results.every(({ kind }) => kind === 'folded')).toBe(true)
  expect(await runsOf(store, 'a')).toBe(20)
})

test('an interrupted run counts as far as it got, and the rest when it has ended', async () => {
  const store = memoryStore()
  const open: TaskReport = { id: 'b', kind: 'unit', attempts: [] }
  await foldRun(store, report('r1', [passed('a', 5), open], 'interrupted'))
  expect([await runsOf(store, 'a'), await runsOf(store, 'b')]).toEqual([1, undefined])
  // Another run in between must not make us forget what is counted.
  await foldRun(store, report('r2', [passed('a', 6)]))
  expect(await foldRun(store, report('r1', [passed('a', 5), passed('b', 7)]))).toMatchObject({
    kind: 'folded',
    tasks: 1,
  })
  expect([await runsOf(store, 'a'), await runsOf(store, 'b')]).toEqual([2, 1])
  expect((await foldRun(store, report('r1', [passed('a', 5), passed('b', 7)]))).kind).toBe('already-folded')
})

test('an interrupted run folded twice counts once', async () => {
  const store = memoryStore()
  const partial = report('r1', [passed('a', 5)], 'interrupted')
  expect([(await foldRun(store, partial)).kind, (await foldRun(store, partial)).kind]).toEqual([
    'folded',
    'already-folded',
  ])
  expect(await runsOf(store, 'a')).toBe(1)
})

test('a record by a newer Muster is left alone and named; the other tasks are folded', async () => {
  const store = memoryStore()
  const key = taskKey({ kind: 'unit', id: 'a' })
  await store.foldHistory('newer', [{ key, text: '{"version":2,"secret":true}' }])
  const { tasks, problems } = await foldRun(store, report('r1', [passed('a', 5), passed('b', 6)]))
  expect(tasks).toBe(1)
  expect(problems).toEqual([{ key, kind: 'left-alone', text: expect.stringContaining('version 2') as unknown }])
  expect(await store.readHistory([key])).toEqual([{ key, text: '{"version":2,"secret":true}' }])
  expect(Object.keys(await historyFacts(store))).toEqual(['b'])
})

test('a record that does not read begins anew and is named', async () => {
  const store = memoryStore()
  const key = taskKey({ kind: 'unit', id: 'a' })
  await store.foldHistory('bad', [{ key, text: '{"version":1,"verdicts":' }])
  const { problems } = await foldRun(store, report('r1', [passed('a', 5)]))
  expect(problems).toMatchObject([{ key, kind: 'begun-anew' }])
  expect(await runsOf(store, 'a')).toBe(1)
})

test('a run of ten thousand tasks folds in one transaction', async () => {
  const store = memoryStore()
  const tasks = Array.from({ length: 10_000 }, (_, i) => passed(`t${i}`, i))
  expect(await foldRun(store, report('r1', tasks))).toMatchObject({ tasks: 10_000 })
  expect(await readSummaries(store)).toHaveLength(10_000)
})

test('what one run took, the next one knows', async () => {
  const store = memoryStore()
  const flaky = defineExecutor<undefined, number>('unit', (task, context) => {
    if (task.id === 'wobbly' && context.n === 1) throw new Error('not yet')
    return 1
  })
  const seen: string[] = []
  await using muster = createOrchestrator({
    executors: [flaky],
    store,
    retry: { maxAttempts: 2, baseDelayMs: 0 },
    facts: async (tasks) => {
      const facts = await historyFacts(store, tasks)
      seen.push(Object.keys(facts).sort().join(' '))
      return facts
    },
  })
  for (const run of ['r1', 'r2']) {
    const finished = await muster.run({ run, tasks: [flaky.task({ id: 'steady' }), flaky.task({ id: 'wobbly' })] })
      .report
    await foldRun(store, finished)
  }
  expect(seen).toEqual(['', 'steady wobbly'])
  expect(await historyFacts(store)).toMatchObject({
    steady: { flakyRate: 0 },
    wobbly: { flakyRate: 1, failureRate: 0 },
  })
})
