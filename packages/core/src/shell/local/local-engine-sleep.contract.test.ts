// A machine that slept: the supervisors could not be heard meanwhile, so none of them was silent.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { AttemptSignal, WorkerSignal } from '../../run/signal.ts'
import { ManualClock } from '../../testing/manual-clock.ts'
import { localEngine } from './local-engine.ts'

const root = realpathSync(mkdtempSync(join(tmpdir(), 'muster sleep-')))
const run = 'asleep'
const module = new URL('./fixtures/scripted-executor.ts', import.meta.url).href
const leaseMs = 1000

afterAll(() => {
  rmSync(root, { recursive: true, force: true })
})

test('a sleep of the coordinator ends no attempt, also when it wakes before it hears anybody', async () => {
  const waits = new ManualClock()
  let sleptMs = 0
  const engine = localEngine({
    executors: { scripted: { module, options: {} } },
    slots: 1,
    graceMs: 200,
    leaseMs,
    clock: { now: () => waits.now() + sleptMs, wallNow: () => 0, after: (ms, then) => waits.after(ms, then) },
  })
  const warnings: string[] = []
  const signals: (AttemptSignal | WorkerSignal)[] = []
  let told: () => void = () => undefined
  const until = async (kind: AttemptSignal['kind']): Promise<void> => {
    while (!signals.some((signal) => signal.kind === kind || signal.kind === 'attempt-lost')) {
      await new Promise<void>((resolve) => (told = resolve))
    }
  }
  try {
    const deliver = (signal: AttemptSignal | WorkerSignal): void => {
      signals.push(signal)
      told()
    }
    const warn = (text: string): void => {
      warnings.push(text)
    }
    await engine.attach({ run, epoch: 1, root, deliver, news: () => undefined, warn }, [])
    const attempt = { run, task: 0, n: 1 }
    const task = { id: 'waits', kind: 'scripted', payload: { steps: [['wait']] } }
    engine.launch([{ attempt, worker: 'local', task, timeoutMs: undefined }])
    await until('attempt-started')
    sleptMs += 3_600_000
    // Two looks without reading anything between them.
    waits.advance(leaseMs / 2)
    engine.cancel(attempt, 'only to see it end')
    await until('attempt-ended')
    expect(signals.map(({ kind }) => kind)).toEqual(['worker-joined', 'attempt-started', 'attempt-ended'])
    expect(warnings).toEqual([])
  } finally {
    await engine.close()
  }
})
