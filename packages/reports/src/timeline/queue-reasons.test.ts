// What attempts waited for, in runs written by hand.
import type { AttemptReport, TaskReport } from '@muster/core'
import { expect, test } from 'vitest'
import { reportOfTasks } from '../laws/any-report.ts'
import { allSpans } from './attempt-spans.ts'
import { queueText } from './queue-text.ts'
import { timelineOf } from './timeline-of.ts'

const attempt = (n: number, from: number, to: number, readyAtMs?: number): AttemptReport => ({
  ...{ n, worker: 'w', launchedAtMs: from, startedAtMs: from, closedAtMs: to },
  ...(readyAtMs === undefined ? {} : { readyAtMs }),
  ending: { kind: 'ended', outcome: { result: 'passed', durationMs: to - from } },
})

function waits(slots: number, ...tasks: readonly (Partial<TaskReport> & Pick<TaskReport, 'id' | 'attempts'>)[]) {
  const whole = tasks.map((task): TaskReport => ({ kind: 'command', verdict: { kind: 'passed' }, ...task }))
  const report = { ...reportOfTasks(whole), workers: [{ id: 'w', slots }] }
  return allSpans(report, timelineOf(report))
    .filter(({ phase }) => phase !== 'running')
    .map(({ task, n, phase, fromMs, toMs, blockedBy, queuedFor }) =>
      [task, n, phase, fromMs, toMs, blockedBy ?? (queuedFor && queueText(queuedFor, report)) ?? '-'].join(' | '),
    )
}

test('a task waits for a slot where all of them are taken', () => {
  expect(
    waits(1, { id: 'a', attempts: [attempt(1, 0, 1000)] }, { id: 'b', attempts: [attempt(1, 1010, 2000)] }),
  ).toEqual(['b | 1 | queued | 0 | 1010 | a slot: every one was taken'])
})

test('a task that waits while a slot is free waits for who holds its lock, or for something that nobody wrote down', () => {
  const holds = ['lock db']
  expect(
    waits(
      3,
      { id: 'a', holds, attempts: [attempt(1, 0, 1000)] },
      { id: 'b', holds, attempts: [attempt(1, 1005, 2000)] },
      { id: 'c', attempts: [attempt(1, 900, 2000)] },
    ),
  ).toEqual([
    'c | 1 | queued | 0 | 900 | something that was not recorded, while a slot was free',
    'b | 1 | queued | 0 | 1005 | lock db, held by a',
  ])
})

test('backing off is one thing and waiting for room another', () => {
  expect(
    waits(
      1,
      { id: 'a', attempts: [attempt(1, 0, 100), attempt(2, 1000, 1100, 300)] },
      { id: 'b', attempts: [attempt(1, 100, 1000)] },
    ),
  ).toEqual([
    'b | 1 | queued | 0 | 100 | a slot: every one was taken',
    'a | 2 | retrying | 100 | 300 | -',
    'a | 2 | queued | 300 | 1000 | a slot: every one was taken',
  ])
})

test('of a report that does not say how long it backed off, the whole wait is one for the retry', () => {
  expect(waits(1, { id: 'a', attempts: [attempt(1, 0, 100), attempt(2, 1000, 1100)] })).toEqual([
    'a | 2 | retrying | 100 | 1000 | -',
  ])
})

test('what was not there yet did not wait', () => {
  expect(
    waits(
      2,
      { id: 'a', attempts: [attempt(1, 0, 500)] },
      { id: 'b', addedAtMs: 800, dependsOn: ['a'], attempts: [attempt(1, 810, 900)] },
      { id: 'c', addedAtMs: 800, dependsOn: ['b'], attempts: [attempt(1, 910, 990)] },
    ),
  ).toEqual(['b | 1 | queued | 800 | 810 | -', 'c | 1 | blocked | 800 | 900 | b', 'c | 1 | queued | 900 | 910 | -'])
})
