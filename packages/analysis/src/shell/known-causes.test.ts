import { type FailureGroups, memoryStore, type RunReport } from '@muster/core'
import { makeFailure } from '@muster/core/failure'
import { expect, test } from 'vitest'
import { groupFailures } from '../failure-groups/group-failures.ts'
import { foldRun } from './fold-run.ts'
import { knownFailures } from './known-causes.ts'

function report(n: number, failing: readonly string[]): RunReport {
  return {
    version: 1,
    run: `r${n}`,
    ending: 'finished',
    exit: 'failed',
    exitCode: 1,
    startedAtWallMs: n * 1000,
    durationMs: 1,
    totals: {
      tasks: 1,
      open: 0,
      passed: 0,
      flaky: 0,
      failed: 1,
      'timed-out': 0,
      blocked: 0,
      skipped: 0,
      cancelled: 0,
      poisoned: 0,
      unplaceable: 0,
    },
    cases: { passed: 0, failed: 0, skipped: 0, flaky: 0 },
    tasks: failing.map((what) => {
      const failure = makeFailure({ category: 'environment', message: `service ${what} is not seeded`, evidence: [] })
      return {
        id: what,
        kind: 'unit',
        verdict: { kind: 'failed', failure },
        attempts: [
          {
            n: 1,
            worker: 'w',
            launchedAtMs: 0,
            closedAtMs: 1,
            ending: { kind: 'ended', outcome: { result: 'failed', durationMs: 1, failure } },
          },
        ],
      }
    }),
  }
}

test('a cause is told as new, recurring or regressed against the runs before, whether or not the run is folded already', async () => {
  const store = memoryStore()
  const told = async (run: RunReport): Promise<FailureGroups> =>
    groupFailures(run, { known: await knownFailures(store, run) })
  await foldRun(store, report(1, ['gone', 'steady']))
  for (let n = 2; n <= 7; n += 1) await foldRun(store, report(n, ['steady']))
  const run = report(8, ['fresh', 'gone', 'steady'])
  const before = await told(run)
  expect(before.groups.map(({ tasks, standing }) => [tasks[0], standing])).toEqual([
    ['fresh', 'new'],
    ['gone', 'regressed'],
    ['steady', 'recurring'],
  ])
  expect(before.sentence).toBe('3 failures, 3 causes: 1 new, 1 regressed, 1 recurring.')
  await foldRun(store, run)
  expect(await told(run)).toEqual(before)
})

test('records of a newer Muster are left alone, and the run is folded all the same', async () => {
  const store = memoryStore()
  const run = report(1, ['steady'])
  const id = groupFailures(run).groups[0]?.id ?? ''
  const key = `failures/1/${id.slice(-1)}`
  await store.foldHistory('newer', [{ key, text: '{"version":2}' }])
  expect(await foldRun(store, run)).toMatchObject({ kind: 'folded', tasks: 1, problems: [{ key, kind: 'left-alone' }] })
  expect(await store.readHistory([key])).toEqual([{ key, text: '{"version":2}' }])
})
