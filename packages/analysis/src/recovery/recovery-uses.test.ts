import { type AttemptReport, memoryStore, type RunReport, type TaskReport } from '@muster/core'
import { makeFailure } from '@muster/core/failure'
import { expect, test } from 'vitest'
import { foldRun } from '../shell/fold-run.ts'
import { recoveryHistory } from '../shell/recovery-history.ts'

const refused = makeFailure({ category: 'network', message: 'connect ECONNREFUSED', evidence: [] })

function task(
  id: string,
  results: readonly ('passed' | 'failed' | 'lost')[],
  workers: readonly string[] = [],
): TaskReport {
  const attempts = results.map((result, i): AttemptReport => ({
    n: i + 1,
    worker: workers[i] ?? 'local/1',
    launchedAtMs: i * 100,
    closedAtMs: i * 100 + 50,
    ending:
      result === 'lost'
        ? { kind: 'lost', cause: 'worker' }
        : {
            kind: 'ended',
            outcome: { result, durationMs: 50, ...(result === 'failed' ? { failure: refused } : {}) },
          },
  }))
  return { id, kind: 'unit', verdict: { kind: 'flaky', failedAttempts: 1 }, attempts }
}

function report(ending: RunReport['ending'], tasks: readonly TaskReport[]): RunReport {
  const totals = {
    tasks: 1,
    open: 0,
    passed: 0,
    flaky: 1,
    failed: 0,
    'timed-out': 0,
    blocked: 0,
    skipped: 0,
    cancelled: 0,
    poisoned: 0,
    unplaceable: 0,
  }
  const cases = { passed: 0, failed: 0, skipped: 0, flaky: 0 }
  return {
    version: 1,
    run: 'r',
    ending,
    exit: 'passed',
    exitCode: 0,
    startedAtWallMs: 7,
    durationMs: 1,
    totals,
    cases,
    tasks,
  }
}

test('each retry is a use of what its rule names; what was lost says nothing', async () => {
  const store = memoryStore()
  await foldRun(
    store,
    report('finished', [task('a', ['failed', 'failed', 'passed']), task('b', ['failed', 'lost', 'passed'])]),
    {
      retry: { maxAttempts: 3 },
    },
  )
  expect([...(await recoveryHistory(store)).values()]).toEqual([
    {
      version: 1,
      category: 'network',
      strategy: 'delay',
      workerClass: 'local/#',
      runner: 'unit',
      uses: 2,
      helped: 1,
      spentMs: 200,
      samples: [
        [7, 0, 100, 0],
        [7, 1, 100, 1],
      ],
    },
  ])
})

test('an interrupted run that goes on counts each retry once', async () => {
  const store = memoryStore()
  const retry = { maxAttempts: 2, worker: 'other' } as const
  const both = (id: string): TaskReport => task(id, ['failed', 'passed'], ['local/1', 'local/2'])
  const open: TaskReport = { ...task('b', ['failed']), verdict: undefined }
  await foldRun(store, report('interrupted', [both('a'), open]), { retry })
  await foldRun(store, report('finished', [both('a'), both('b')]), { retry })
  expect([...(await recoveryHistory(store)).values()]).toMatchObject([{ strategy: 'other-worker', uses: 2, helped: 2 }])
})

test('what ran on the same worker again says nothing of another one', async () => {
  const store = memoryStore()
  const retry = { maxAttempts: 2, worker: 'other' } as const
  await foldRun(store, report('finished', [task('a', ['failed', 'passed'], ['local/1', 'local/1'])]), { retry })
  expect([...(await recoveryHistory(store)).values()].map(({ strategy }) => strategy)).toEqual(['delay'])
})

test('without the rules of the run nothing is learned', async () => {
  const store = memoryStore()
  await foldRun(store, report('finished', [task('a', ['failed', 'passed'])]))
  expect((await recoveryHistory(store)).size).toBe(0)
})

test('a record of a newer Muster is left alone and named', async () => {
  const store = memoryStore()
  const key = 'recovery/1/network/delay/local%2F%23/unit'
  await store.foldHistory('newer', [{ key, text: '{"version":2}' }])
  const { problems } = await foldRun(store, report('finished', [task('a', ['failed', 'passed'])]), { retry: {} })
  expect(problems).toMatchObject([{ key, kind: 'left-alone' }])
  expect(await store.readHistory([key])).toEqual([{ key, text: '{"version":2}' }])
})
