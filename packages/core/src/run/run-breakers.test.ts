// What breakers, quarantine and the rule of suspects come to in a run, one situation each.
import { expect, test } from 'vitest'
import type { TaskDefinition } from '../model/task.ts'
import type { WorkerDefinition } from '../model/worker.ts'
import { explain } from './explain.ts'
import { fifo } from './fifo.ts'
import { entriesOf, fails, type Fate, type FleetRun, passes, runFleet, type Try } from './fixtures/fleet.ts'
import { Replay } from './replay.ts'
import { snapshotOf } from './snapshot-of.ts'
import { kernelOptions } from './kernel-options.ts'

const retry = { maxAttempts: 50, baseDelayMs: 100 }

function tasks(count: number, rest: Partial<TaskDefinition> = {}): readonly TaskDefinition[] {
  return Array.from({ length: count }, (_, i) => ({ id: `t${String(i)}`, kind: 'unit', ...rest }))
}

function workers(count: number, slots = 1): readonly WorkerDefinition[] {
  return Array.from({ length: count }, (_, i) => {
    return { id: `w${String(i)}`, engine: 'fleet', kinds: ['unit'], capacity: { slots }, host: `h${String(i % 2)}` }
  })
}

function verdicts({ kernel }: FleetRun): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(kernel.state.verdictCounts).filter(([, count]) => count > 0))
}

/** What uses the database fails until it is up again; it takes 50 ms to find out, and 50 ms to pass. */
function databaseDown(untilMs: number, afterMs = 50): (attempt: Try) => Fate {
  return ({ atMs }) => (atMs < untilMs ? fails(afterMs, 'network') : passes(afterMs))
}

test('what is down is left alone but for probes, and what waits for it goes on once it is back', () => {
  const run = runFleet({
    tasks: tasks(200, { needs: { uses: ['database'] } }),
    workers: workers(10),
    options: { retry },
    fate: databaseDown(20_000),
  })
  expect(verdicts(run)).toEqual({ flaky: expect.any(Number) as number, passed: expect.any(Number) as number })
  const states = entriesOf(run.journal, 'breaker').map(({ entry }) => `${entry.key} ${entry.state.kind}`)
  expect(states[0]).toBe('resource:database open')
  expect(states).toContain('resource:database half-open')
  expect(states.at(-1)).toBe('resource:database closed')
  // Those under way when it opened, and one probe for each time that it half-opened.
  const failed = run.tries.filter(({ atMs }) => atMs < 20_000).length
  expect(failed).toBeLessThanOrEqual(10 + states.filter((state) => state.endsWith('half-open')).length)
  expect(run.tries.length).toBeLessThanOrEqual(200 * 1.1)
})

test('a breaker that held things up for as long as it may lets everything through', () => {
  const run = runFleet({
    tasks: tasks(300, { needs: { uses: ['database'] } }),
    workers: workers(4),
    options: { breakers: { resource: { maxHeldMs: 10_000 } } },
    fate: databaseDown(Infinity),
  })
  expect(verdicts(run)).toEqual({ failed: 300 })
  const reports = run.kernel.state.breakerReports() ?? []
  expect(reports.map(({ key, state }) => `${key} ${state}`)).toEqual([
    'resource:database spent',
    'category:network half-open',
  ])
  expect(run.kernel.state.atMs).toBeLessThan(60_000)
})

test('tasks that use nothing that is down are not held up', () => {
  const run = runFleet({
    tasks: [
      ...tasks(50, { needs: { uses: ['database'] } }),
      ...tasks(50).map((task) => ({ ...task, id: `${task.id}b` })),
    ],
    workers: workers(2),
    options: { retry },
    fate: (attempt) => (attempt.task.endsWith('b') ? passes(10) : databaseDown(60_000)(attempt)),
    untilMs: 5_000,
  })
  expect(run.tries.filter(({ task }) => task.endsWith('b'))).toHaveLength(50)
  const held = run.kernel.state.tasks.id(49)
  expect(explain(run.kernel, held).sentences[0]).toMatch(/breaker of resource database is open/)
})

test('assertions open nothing', () => {
  const run = runFleet({
    tasks: tasks(100, { needs: { uses: ['database'] } }),
    workers: workers(4),
    fate: () => fails(10, 'assertion'),
  })
  expect(entriesOf(run.journal, 'breaker')).toEqual([])
  expect(verdicts(run)).toEqual({ failed: 100 })
})

test('a run that is resumed goes on with its breakers as they were', () => {
  const parts = {
    tasks: tasks(100, { needs: { uses: ['database'] } }),
    workers: workers(5),
    options: { retry },
    fate: databaseDown(20_000),
  }
  const before = runFleet({ ...parts, untilMs: 3_000 })
  const open = before.kernel.state.breakers.row(before.kernel.state.breakers.find('resource:database') ?? -1).state
  expect(open.kind).toBe('open')
  const after = runFleet({ ...parts, journal: before.journal, untilMs: 3_001 })
  expect(after.tries).toEqual([])
  expect(after.kernel.state.breakers.row(after.kernel.state.breakers.find('resource:database') ?? -1).state).toEqual(
    open,
  )
  const whole = runFleet({ ...parts, journal: before.journal })
  expect(whole.kernel.state.ending).toBe('finished')
})

test('what was decided is decided again by a replay', () => {
  const run = runFleet({
    tasks: tasks(100, { needs: { uses: ['database'] } }),
    workers: workers(5),
    options: { retry },
    fate: (attempt) => (attempt.worker === 'w3' ? fails(20, 'hardware-device') : databaseDown(5_000)(attempt)),
  })
  expect(entriesOf(run.journal, 'quarantined')).toHaveLength(1)
  const replay = new Replay(fifo())
  for (const commit of run.journal) replay.take(commit)
  expect(replay.result.parting).toBeUndefined()
})

test('a device that fails all is out after two, and what it failed passes elsewhere', () => {
  const seen = new Map<string, number>()
  const run = runFleet({
    tasks: tasks(200),
    workers: workers(8),
    fate: ({ worker }) => {
      const count = (seen.get(worker) ?? 0) + 1
      seen.set(worker, count)
      return worker === 'w5' && count > 20 ? fails(50, 'hardware-device') : passes(50)
    },
  })
  expect(verdicts(run)).toEqual({ passed: 200 })
  const [quarantined] = entriesOf(run.journal, 'quarantined')
  expect(quarantined?.entry).toMatchObject({ worker: 5, because: expect.stringMatching(/^2 tasks in a row/) as string })
  expect(run.tries.filter(({ worker }) => worker === 'w5')).toHaveLength(22)
  expect(run.kernel.state.workerReports()[5]?.quarantine).toBe(quarantined?.entry.because)
})

test('a device that fails at once is held up until others showed that it is the only one', () => {
  const run = runFleet({
    tasks: tasks(100),
    workers: workers(4),
    fate: ({ worker }) => (worker === 'w1' ? fails(0, 'hardware-device') : passes(500)),
  })
  expect(run.tries.filter(({ worker }) => worker === 'w1')).toHaveLength(2)
  expect(entriesOf(run.journal, 'quarantined')).toHaveLength(1)
})

test('whoever missed the events learns of workers that are out and of breakers', () => {
  const run = runFleet({
    tasks: tasks(20, { needs: { uses: ['database'] } }),
    workers: workers(2),
    options: { retry },
    fate: databaseDown(20_000),
    untilMs: 3_000,
  })
  const { state } = run.kernel
  expect(snapshotOf(state, 1).quarantined).toBeUndefined()
  state.workers.setQuarantine(1, 'why')
  const { quarantined, breakers } = snapshotOf(state, 1)
  expect(quarantined).toEqual(['w1'])
  expect(breakers?.map(({ key, state }) => [key, state])).toEqual([['resource:database', 'open']])
})

test('the last worker that can run something is never put out', () => {
  const labelled = workers(3).map((worker, i) => (i === 0 ? { ...worker, labels: ['gpu'] } : worker))
  const run = runFleet({
    tasks: [...tasks(30), { id: 'gpu', kind: 'unit', needs: { labels: ['gpu'] } }],
    workers: labelled,
    options: { retry: 100 },
    fate: ({ worker, atMs }) => (worker === 'w0' && atMs < 3_000 ? fails(10, 'hardware-device') : passes(50)),
  })
  expect(entriesOf(run.journal, 'quarantined')).toEqual([])
  expect(verdicts(run)).toMatchObject({ passed: expect.any(Number) as number })
  expect(run.kernel.state.verdictCounts.unplaceable).toBe(0)
})

test('a worker that was put out is given work again when nobody else is left', () => {
  const run = runFleet({
    tasks: tasks(40),
    workers: workers(2),
    options: { retry: 5, waitForWorkerMs: 100 },
    fate: ({ worker, atMs, task }) => {
      if (worker === 'w0' && atMs < 1_000) return fails(10, 'hardware-device')
      return task === 't30' && worker === 'w1' ? { kind: 'kills', afterMs: 5, backAfterMs: 1e9 } : passes(100)
    },
  })
  expect(entriesOf(run.journal, 'quarantined').length).toBeGreaterThan(0)
  expect(entriesOf(run.journal, 'quarantine-lifted').length).toBeGreaterThan(0)
  expect(run.kernel.state.ending).toBe('finished')
  expect(run.kernel.state.verdictCounts.unplaceable).toBe(0)
})

test('nobody is put out when all fail alike', () => {
  const run = runFleet({
    tasks: tasks(60),
    workers: workers(4),
    options: { retry: 100 },
    fate: ({ atMs }) => (atMs > 200 && atMs < 3_000 ? fails(20, 'infrastructure') : passes(20)),
  })
  expect(entriesOf(run.journal, 'quarantined')).toEqual([])
  expect(run.kernel.state.ending).toBe('finished')
})

test('a task that kills its workers is poisoned after three, and what went down with it is filed under it', () => {
  const run = runFleet({
    tasks: tasks(100),
    workers: workers(4, 4),
    fate: ({ task }) => (task === 't7' ? { kind: 'kills', afterMs: 25, backAfterMs: 10 } : passes(50)),
  })
  expect(verdicts(run)).toEqual({ passed: 99, poisoned: 1 })
  expect(run.tries.filter(({ task }) => task === 't7')).toHaveLength(3)
  const { state } = run.kernel
  const causes = new Set<string>()
  for (let task = 0; task < 100; task++) {
    const { id, attempts } = state.taskReport(task)
    for (const { ending } of attempts) if (ending.kind === 'lost') causes.add(ending.causedBy?.task ?? id)
  }
  expect([...causes]).toEqual(['t7'])
})

test('suspects share no worker', () => {
  const run = runFleet({
    tasks: tasks(2),
    workers: workers(3, 2),
    fate: ({ task }) => (task === 't0' ? { kind: 'kills', afterMs: 10, backAfterMs: 5 } : passes(20)),
  })
  expect(verdicts(run)).toEqual({ passed: 1, poisoned: 1 })
  const second = run.tries.filter(({ n }) => n === 2)
  expect(new Set(second.map(({ worker }) => worker)).size).toBe(2)
})

test.each([
  [{ breakers: { worker: { failures: 0 } } }, 'failures'],
  [{ breakers: { worker: { failures: 30 } } }, 'window'],
  [{ breakers: { everything: {} } }, 'everything'],
  [{ quarantineAfter: 0 }, 'quarantineAfter'],
])('options that make no sense are refused: %j', (options, named) => {
  const parsed = kernelOptions.safeParse(options satisfies object)
  expect(parsed.success).toBe(false)
  expect(JSON.stringify(parsed.error?.issues)).toContain(named)
})

test('breakers can be turned off, all of them or a kind', () => {
  expect(kernelOptions.parse({ breakers: false }).breakers).toEqual({
    worker: null,
    host: null,
    resource: null,
    category: null,
  })
  expect(kernelOptions.parse({ breakers: { host: false } }).breakers).toMatchObject({
    host: null,
    worker: { failures: 5 },
  })
  const run = runFleet({
    tasks: tasks(20, { needs: { uses: ['database'] } }),
    workers: workers(2),
    options: { breakers: false, quarantineAfter: null },
    fate: databaseDown(Infinity),
  })
  expect(entriesOf(run.journal, 'breaker')).toEqual([])
})
