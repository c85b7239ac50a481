// How attempts become rows: the last try counts, and a failure before it is never forgotten.
import type { AttemptReport, CaseResult, TaskReport, Verdict } from '@muster/core'
import { makeFailure } from '@muster/core/failure'
import { expect, test } from 'vitest'
import { reportCases } from './report-cases.ts'

const failure = makeFailure({ category: 'assertion', message: 'first', evidence: [] })
const passed = (title: string): CaseResult => ({ path: [title], result: 'passed', durationMs: 1 })
const failed = (title: string): CaseResult => ({ path: [title], result: 'failed', durationMs: 1, failure })

function taskOf(verdict: Verdict | undefined, ...tries: readonly (readonly CaseResult[] | 'lost')[]): TaskReport {
  const attempts = tries.map((cases, at): AttemptReport => {
    const shared = { n: at + 1, worker: 'w', launchedAtMs: 0 }
    if (cases === 'lost') return { ...shared, ending: { kind: 'lost', cause: 'worker' } }
    const isBad = cases.some(({ result }) => result === 'failed')
    const outcome = {
      result: isBad ? ('failed' as const) : ('passed' as const),
      durationMs: 7,
      ...(isBad ? { failure } : {}),
    }
    return { ...shared, ending: { kind: 'ended', outcome }, details: { cases } }
  })
  return { id: 't', kind: 'x', ...(verdict === undefined ? {} : { verdict }), attempts }
}

function brief(task: TaskReport): readonly string[] {
  return reportCases({ tasks: [task] }).map(({ case: one }) =>
    [
      one.result + (one.retries === undefined ? '' : `+${one.retries}`),
      one.path.join(' > '),
      ...(one.reason === undefined ? [] : [one.reason]),
    ].join('  '),
  )
}

test.each<[string, TaskReport, readonly string[]]>([
  [
    'a case that passed after a failure is flaky',
    taskOf({ kind: 'flaky', failedAttempts: 1 }, [failed('a'), passed('b')], [passed('a'), passed('b')]),
    ['passed+1  a', 'passed  b'],
  ],
  [
    'only the failed cases ran again',
    taskOf({ kind: 'flaky', failedAttempts: 1 }, [failed('a'), passed('b')], [passed('a')]),
    ['passed+1  a', 'passed  b'],
  ],
  [
    'a case that failed and is gone is neither red nor green',
    taskOf({ kind: 'flaky', failedAttempts: 1 }, [failed('load')], [passed('a')]),
    ['skipped  load  failed in attempt 1 and did not run again', 'passed  a', 'passed+1  t'],
  ],
  ['failed in every try', taskOf({ kind: 'failed', failure }, [failed('a')], [failed('a')]), ['failed+1  a']],
  ['green cases of a task that failed', taskOf({ kind: 'failed', failure }, [passed('a')]), ['passed  a', 'failed  t']],
  [
    'cases with one name are matched by their order',
    taskOf({ kind: 'flaky', failedAttempts: 1 }, [passed('a'), failed('a')], [passed('a'), passed('a')]),
    ['passed  a', 'passed+1  a'],
  ],
  ['lost and then passed is passed', taskOf({ kind: 'passed' }, 'lost', []), ['passed  t']],
  [
    'without a verdict',
    taskOf(undefined, [passed('a')]),
    ['passed  a', 'skipped  t  it has no verdict: the run ended before it did'],
  ],
  ['blocked', taskOf({ kind: 'blocked', by: 'db' }), ['skipped  t  blocked by db']],
  ['cancelled', taskOf({ kind: 'cancelled', by: 'max-failures' }), ['cancelled  t  cancelled by max-failures']],
  ['unplaceable', taskOf({ kind: 'unplaceable', missing: ['gpu'] }), ['failed  t']],
])('%s', (_what, task, expected) => {
  expect(brief(task)).toEqual(expected)
})
