import type { AttemptReport, TaskReport } from '@muster/core'
import { makeFailure } from '@muster/core/failure'
import { expect, test } from 'vitest'
import { lookOf } from '../terminal/look.ts'
import { evidenceLines } from './evidence-lines.ts'

const look = lookOf({ colour: false, unicode: false })
const failed: AttemptReport = {
  n: 1,
  worker: 'local',
  launchedAtMs: 0,
  ending: { kind: 'ended', outcome: { result: 'failed', durationMs: 5 } },
  details: {
    cases: [
      { path: ['adds'], result: 'passed', durationMs: 1 },
      { path: ['removes'], file: 'a.test.ts', line: 3, result: 'failed', durationMs: 1 },
    ],
    stdout: { head: 'first', tail: 'last', omittedBytes: 9 },
    stderr: { head: 'oh no\n', tail: '', omittedBytes: 0 },
  },
}
const taskWith = (attempts: readonly AttemptReport[]): TaskReport => ({ id: 'a', kind: 'x', attempts })

test('a failed attempt shows its failed cases and what it printed, also where a later one passed', () => {
  const passed: AttemptReport = {
    ...failed,
    n: 2,
    ending: { kind: 'ended', outcome: { result: 'passed', durationMs: 5 } },
  }
  expect(evidenceLines(taskWith([failed, passed]), look)).toEqual([
    '  Attempt 1 left behind:',
    '    removes  a.test.ts:3',
    '    printed:',
    '      first',
    '      … 9 bytes left out',
    '      last',
    '      oh no',
  ])
  expect(evidenceLines(taskWith([passed]), look)).toEqual([])
})

test('an attempt that left nothing has nothing to show', () => {
  expect(evidenceLines(taskWith([{ ...failed, details: undefined }]), look)).toEqual([])
})

test('what an attempt left running is named, also where it passed', () => {
  const leaks = { count: 1, processes: [{ pid: 7, command: 'sleep 60' }] }
  const left: AttemptReport = {
    ...failed,
    ending: { kind: 'ended', outcome: { result: 'passed', durationMs: 5, leaks } },
  }
  expect(evidenceLines(taskWith([left]), look)).toEqual(['  Attempt 1 left 1 process running: sleep 60 (pid 7).'])
})

test('how a failure was judged is told with what that rests on', () => {
  const failure = makeFailure({ category: 'network', code: 'refused', message: 'no', evidence: ['code ECONNREFUSED'] })
  const judged: AttemptReport = {
    ...failed,
    details: undefined,
    ending: { kind: 'ended', outcome: { result: 'failed', durationMs: 5, failure } },
  }
  const lines = evidenceLines(taskWith([judged]), look)
  expect(lines.slice(0, 2)).toEqual([
    '  Attempt 1 was judged:',
    '    network, refused; fault: environment; a retry may help',
  ])
  expect(lines).toContain('    from code ECONNREFUSED')
})
