// Where a run stands, asked of its store while it goes on: by the orchestrator that drives it, and by another one beside it.
import { expect, test } from 'vitest'
import { createOrchestrator } from '../shell/orchestrator.ts'
import { memoryStore } from '../shell/memory-store.ts'
import { defineExecutor } from './define-executor.ts'

test('inspect tells who runs what, what waits and why, and what was judged', async () => {
  const store = memoryStore()
  let release: () => void = () => undefined
  const held = new Promise<void>((resolve) => (release = resolve))
  const work = defineExecutor('work', async ({ id }) => {
    if (id === 'bad') throw new Error('no')
    if (id.startsWith('held')) await held
  })
  await using muster = createOrchestrator({ executors: [work], store, slots: 2 })
  const names = ['held-1', 'bad', 'held-2', 'queued']
  const tasks = [
    ...names.map((id) => work.task({ id })),
    work.task({ id: 'after', dependsOn: ['held-1', 'held-2', 'queued', { on: 'bad', kind: 'optional' }] }),
    ...['later-1', 'later-2'].map((id) => work.task({ id, dependsOn: ['after'] })),
    ...['many'].map((id) => work.task({ id, dependsOn: [...names.filter((name) => name !== 'bad'), 'after'] })),
  ]
  const run = muster.run({ run: 'watched', tasks })
  let started = 0
  await new Promise<void>((resolve) => {
    run.on('attempt-started', ({ task }) => {
      if (task.startsWith('held') && ++started === 2) resolve()
    })
  })
  await using beside = createOrchestrator({ executors: [work], store })
  const { phase, workers, waiting, judged, totals } = await beside.inspect('watched')
  expect(phase).toBe('running')
  expect(workers.map(({ id, slots, running }) => [id, slots, running.map(({ task }) => task)])).toEqual([
    ['in-process', 2, ['held-1', 'held-2']],
  ])
  for (const { launchedAtMs } of workers[0]?.running ?? []) expect(launchedAtMs).toBeGreaterThanOrEqual(0)
  expect(waiting).toEqual([
    { kind: 'dependencies', because: 'It waits for after to end.', tasks: ['later-1', 'later-2'] },
    {
      kind: 'placement',
      because: 'It is ready; every worker that could run it is full, and it goes on when one has room.',
      tasks: ['queued'],
    },
    { kind: 'dependencies', because: 'It waits for held-1, held-2, queued and 1 more to end.', tasks: ['many'] },
    { kind: 'dependencies', because: 'It waits for held-1, held-2, queued to end.', tasks: ['after'] },
  ])
  expect(judged.map(({ task, verdict }) => [task, verdict.kind])).toEqual([['bad', 'failed']])
  expect(totals).toMatchObject({ tasks: 8, open: 7, failed: 1 })
  expect(await store.findRun('watched')).toMatchObject({ status: 'open', owner: { isAlive: true } })

  release()
  await run.report
  const over = await beside.inspect('watched')
  expect(over).toMatchObject({ phase: 'over', ending: 'finished', waiting: [] })
  expect(over.workers.flatMap(({ running }) => running)).toEqual([])
  expect((await store.findRun('watched'))?.owner).toBeUndefined()
})
