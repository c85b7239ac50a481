// What would have made a run faster: one run for each sentence.
import type { AttemptReport, RunReport, TaskReport } from '@muster/core'
import { expect, test } from 'vitest'
import { reportOfTasks } from '../laws/any-report.ts'
import { fasterBy } from './faster-by.ts'
import { timelineOf } from './timeline-of.ts'

function attempt(n: number, launchedAtMs: number, closedAtMs: number, result: 'passed' | 'failed'): AttemptReport {
  const ending = { kind: 'ended' as const, outcome: { result, durationMs: closedAtMs - launchedAtMs } }
  return { n, worker: 'local', launchedAtMs, startedAtMs: launchedAtMs, closedAtMs, ending }
}

function task(id: string, times: readonly [number, number], dependsOn?: readonly string[]): TaskReport {
  const attempts = [attempt(1, times[0], times[1], 'passed')]
  return {
    id,
    kind: 'command',
    ...(dependsOn === undefined ? {} : { dependsOn }),
    verdict: { kind: 'passed' },
    attempts,
  }
}

function run(tasks: readonly TaskReport[], slots: number): RunReport {
  const ends = tasks.flatMap(({ attempts }) => attempts.map(({ closedAtMs }) => closedAtMs ?? 0))
  return { ...reportOfTasks(tasks), durationMs: Math.max(...ends), workers: [{ id: 'local', slots }] }
}

function sentences(report: RunReport): readonly string[] {
  return fasterBy(report, timelineOf(report)).map(({ sentence }) => sentence)
}

test('one long task is the bound', () => {
  expect(sentences(run([task('long', [0, 9000]), task('a', [0, 1000]), task('b', [1000, 2000])], 2))).toEqual([
    '“long” alone took 9.0 s of 9.0 s: no number of workers makes the run shorter than that. Split it.',
  ])
})

test('a chain is the bound', () => {
  const chain = [task('build', [0, 4000]), task('test', [4000, 9000], ['build']), task('lint', [0, 500])]
  expect(sentences(run(chain, 2))).toEqual([
    'Tasks that wait for one another, from “build” on, took 9.0 s of 9.0 s: no number of workers makes the run shorter than that. Shorten that chain.',
  ])
})

test('one more worker, and the long task first', () => {
  const tasks = [task('a', [0, 2000]), task('b', [0, 2000]), task('c', [2000, 4000]), task('long', [2000, 8000])]
  expect(sentences(run(tasks, 2))).toEqual([
    'Starting “long” first would have saved 2.0 s.',
    'Twice the slots, 4 instead of 2, would have saved 2.0 s; one more saves nothing.',
  ])
})

test('one more worker', () => {
  const tasks = ['a', 'b', 'c', 'd', 'e', 'f'].map((id, at) => task(id, [1000 * at, 1000 * at + 1000]))
  expect(sentences(run(tasks, 1))).toEqual(['One more slot for tasks would have saved 3.0 s.'])
})

test('a task that was tried again', () => {
  const flaky: TaskReport = {
    id: 'pay',
    kind: 'command',
    verdict: { kind: 'flaky', failedAttempts: 1 },
    attempts: [attempt(1, 0, 3000, 'failed'), attempt(2, 3000, 6000, 'passed')],
  }
  expect(sentences(run([flaky, task('a', [0, 2900]), task('b', [2900, 5800])], 2))).toContain(
    'Had “pay” needed one attempt, the run would have been 200 ms shorter.',
  )
})

test('a run that began late', () => {
  expect(sentences(run([task('a', [5000, 7000]), task('b', [5000, 7000])], 2))[0]).toMatch(
    /The first task was launched 5\.0 s after the run began/,
  )
})

test('what the model does not explain gets no advice: here a lock kept two tasks apart', () => {
  expect(sentences(run([task('a', [0, 4000]), task('b', [4000, 8000])], 4))).toEqual([])
})
