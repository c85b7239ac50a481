// A snapshot puts a progress where the events that it stands for would have put it.
import type { RunEvent } from '@muster/core'
import { expect, test } from 'vitest'
import { RunProgress } from './run-progress.ts'

const tasks = ['a', 'b', 'c', 'd'].map((id) => ({ id, kind: 'k' }))
const worker = { id: 'w', engine: 'local', kinds: ['k'], capacity: { slots: 2 } }
const at = { position: 3, atMs: 10 }

const snapshot: RunEvent = {
  kind: 'snapshot',
  run: 'r',
  epoch: 1,
  phase: 'running',
  skipped: 7,
  totals: {
    passed: 0,
    flaky: 0,
    failed: 1,
    'timed-out': 0,
    blocked: 0,
    skipped: 0,
    cancelled: 0,
    poisoned: 0,
    unplaceable: 0,
    tasks: 5,
    open: 4,
  },
  workers: [worker],
  judged: [{ task: 'a', verdict: { kind: 'failed' } }],
  running: [{ task: 'b', n: 2, worker: 'w', isStarted: true }],
  waiting: ['c', 'd', 'added meanwhile'],
  ...at,
}

test('what was missed is there after a snapshot', () => {
  const progress = new RunProgress({ tasks, facts: {} })
  progress.take({ kind: 'attempt-launched', task: 'c', n: 1, worker: 'gone', position: 1, atMs: 0 })
  progress.take(snapshot)
  expect(progress.tasks).toEqual({ total: 5, judged: 1, running: 1, backingOff: 0 })
  expect(progress.running.map(({ task, n }) => [task, n])).toEqual([['b', 2]])
  expect(progress.verdicts('failed')).toBe(1)
  expect(progress.slots).toBe(2)
  progress.take({ kind: 'task-judged', task: 'b', verdict: { kind: 'passed' }, ...at })
  expect(progress.tasks.judged).toBe(2)
})
