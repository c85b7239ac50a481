import { spawn } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import type { AttemptRef } from '../model/attempt.ts'
import type { EngineContext } from '../ports/engine.ts'
import type { ExecutionContext } from '../ports/executor.ts'
import { defineExecutor } from '../run/define-executor.ts'
import type { AttemptSignal, WorkerSignal } from '../run/signal.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { inProcessEngine } from './in-process-engine.ts'

interface Harness {
  readonly clock: ManualClock
  readonly signals: (AttemptSignal | WorkerSignal)[]
  readonly warnings: string[]
  readonly launch: (timeoutMs?: number) => AttemptRef
  readonly cancel: (attempt: AttemptRef) => void
  readonly ended: Promise<AttemptSignal>
}

async function harness(body: (context: ExecutionContext) => unknown): Promise<Harness> {
  const clock = new ManualClock()
  const executor = defineExecutor('k', (_, context) => body(context))
  const engine = inProcessEngine({ executors: [executor], clock, graceMs: 100 })
  const signals: (AttemptSignal | WorkerSignal)[] = []
  const warnings: string[] = []
  let end: (signal: AttemptSignal) => void
  const ended = new Promise<AttemptSignal>((resolve) => (end = resolve))
  const context: EngineContext = {
    run: 'r',
    epoch: 1,
    root: '/root',
    deliver: (signal) => {
      signals.push(signal)
      if (signal.kind === 'attempt-ended') end(signal)
    },
    news: () => undefined,
    warn: (text) => warnings.push(text),
  }
  await engine.attach(context, [])
  let tasks = 0
  return {
    clock,
    signals,
    warnings,
    ended,
    launch: (timeoutMs) => {
      const attempt = { run: 'r', task: (tasks += 1), n: 1 }
      engine.launch([{ attempt, worker: 'in-process', task: { id: 'stuck', kind: 'k' }, timeoutMs }])
      return attempt
    },
    cancel: (attempt) => {
      engine.cancel(attempt, 'enough')
    },
  }
}

test('an executor that cannot be stopped is named, and its attempt ends without it', async () => {
  let finish: (() => void) | undefined
  const { clock, launch, ended, warnings, signals } = await harness(
    () => new Promise<void>((resolve) => (finish = resolve)),
  )
  launch(1000)
  clock.advance(1000)
  expect(warnings).toEqual([])
  clock.advance(100)
  expect(await ended).toMatchObject({
    outcome: { result: 'timed-out', durationMs: 1100, failure: { category: 'timeout' } },
  })
  expect(warnings).toHaveLength(1)
  expect(warnings[0]).toContain('The executor "k" went on with stuck')
  finish?.()
  await new Promise(setImmediate)
  expect(signals.filter(({ kind }) => kind === 'attempt-ended')).toHaveLength(1)
  expect(clock.pending).toBe(0)
})

test('an attempt that ends in time leaves no timer behind', async () => {
  const { clock, launch, ended } = await harness(() => 1)
  launch(1000)
  await ended
  expect(clock.pending).toBe(0)
})

test('one that passes although its limit is over is timed-out; one that passes after a cancel has passed', async () => {
  for (const kind of ['limit', 'cancel'] as const) {
    let finish: (() => void) | undefined
    const { clock, launch, cancel, ended } = await harness(() => new Promise<void>((resolve) => (finish = resolve)))
    const attempt = launch(50)
    if (kind === 'limit') clock.advance(60)
    else cancel(attempt)
    finish?.()
    expect(await ended).toMatchObject({ outcome: { result: kind === 'limit' ? 'timed-out' : 'passed' } })
  }
})

test('the context tells what it is for, and may be taken apart', async () => {
  const seen: unknown[] = []
  const { clock, launch, ended } = await harness(({ run, n, root, timeoutMs, remainingMs, env, log, artifact }) => {
    clock.advance(20)
    log('text')
    artifact({ name: 'shot', path: 'shot.png' })
    seen.push(run, n, root, timeoutMs, remainingMs(), env['MUSTER_ATTEMPT'])
  })
  launch(50)
  expect(await ended).toMatchObject({
    outcome: { durationMs: 20, artifacts: [{ name: 'shot', path: 'shot.png' }] },
    details: { stdout: { head: 'text' } },
  })
  expect(seen).toEqual(['r', 1, '/root', 50, 30, 'r/1#1'])
})

test('commands that a former owner left are ended when the next one attaches', async () => {
  const env = { MUSTER_RUN: 'orphaned', MUSTER_ROOT: realpathSync(tmpdir()) }
  const left = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { env, detached: true, stdio: 'ignore' })
  const ended = new Promise((resolve) => left.once('exit', (_, signal) => resolve(signal)))
  const engine = inProcessEngine({ executors: [] })
  const nothing = (): undefined => undefined
  await engine.attach({ run: 'orphaned', epoch: 2, root: tmpdir(), deliver: nothing, news: nothing, warn: nothing }, [])
  expect(await ended).toBe('SIGKILL')
})

test('misuse is named', () => {
  const twice = defineExecutor('twice', () => 1)
  expect(() => inProcessEngine({ executors: [twice, twice] })).toThrow(/two of kind "twice"/)
  expect(() => inProcessEngine({ executors: [], slots: NaN })).toThrow(/inProcessEngine\.slots/)
})

test('an output that does not survive JSON is a failure that says so', async () => {
  const circle: Record<string, unknown> = {}
  circle['self'] = circle
  for (const output of [circle, () => 1, 1n, Symbol('s')]) {
    const { launch, ended } = await harness(() => output)
    launch()
    expect(await ended).toMatchObject({ outcome: { result: 'failed', failure: { category: 'configuration' } } })
  }
})
