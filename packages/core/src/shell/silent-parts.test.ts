// Whoever a run depends on may never answer: an engine, a hook. The run still comes to its end within a stated time, and says
// who was silent.
import { describe, expect, test } from 'vitest'
import type { RunReport } from '../model/report.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { passingEngine } from './fixtures/scripted-engine.ts'
import { memoryStore } from './memory-store.ts'
import { createOrchestrator, type Orchestrator } from './orchestrator.ts'
import type { OrchestratorOptions } from './orchestrator-options.ts'
import type { Run } from './run-handle.ts'

const never = (): Promise<never> => new Promise(() => undefined)
const tasks = [{ id: 'a', kind: 'task' }]

async function quiet(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve))
}

interface Started {
  readonly muster: Orchestrator
  readonly run: Run
  readonly clock: ManualClock
  /** Kinds of event and texts of notes. */
  readonly told: string[]
}

function start(options: Partial<OrchestratorOptions>): Started {
  const clock = new ManualClock()
  const muster = createOrchestrator({ engines: [passingEngine()], store: memoryStore({ clock }), clock, ...options })
  const run = muster.run({ run: 'r', tasks })
  const told: string[] = []
  run.on('*', (event) => void told.push(event.kind === 'note' ? event.text : event.kind))
  return { muster, run, clock, told }
}

/** Lets a minute pass, bit by bit, so that heartbeats are answered meanwhile. */
async function wait(clock: ManualClock, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 1_000) {
    clock.advance(1_000)
    await quiet()
  }
}

describe('an engine', () => {
  test('that never attaches is named, and the run is given back', async () => {
    const { run, clock } = start({ engines: [passingEngine({ name: 'far', attaching: never })] })
    await quiet()
    const text = 'ENGINE_FAILED: expected engine far to attach, got no answer for 60000 ms'
    const failed = expect(run.report).rejects.toThrow(text)
    await wait(clock, 60_000)
    await failed
    expect(clock.pending).toBe(0)
  })

  test('that never lets go does not hold the report up for longer than its limit', async () => {
    const engine = passingEngine({ name: 'far', detaching: never })
    const { run, clock, told } = start({ engines: [engine], engineTimeoutMs: 5_000 })
    await quiet()
    await wait(clock, 5_000)
    expect((await run.report).exit).toBe('passed')
    expect(told).toContainEqual(expect.stringMatching(/engine far did not let go: .*no answer for 5000 ms/))
    expect(told.at(-1)).toBe('run-ended')
  })

  test('that never closes does not hold up whoever closes the orchestrator', async () => {
    const { muster, run, clock } = start({ engines: [passingEngine({ name: 'far', closing: never })] })
    await run.report
    const closed = expect(muster.close()).rejects.toThrow('engine far to close')
    await quiet()
    await wait(clock, 60_000)
    await closed
  })
})

describe('hooks after something', () => {
  test('are done when the report resolves, and what they throw is told before the end', async () => {
    const done: string[] = []
    const later = async (what: string): Promise<void> => {
      await quiet()
      done.push(what)
      if (what === 'task') throw new Error('no room')
    }
    const afterRun = async ({ exit }: RunReport): Promise<void> => later(`run ${exit}`)
    const { run, told } = start({
      hooks: { afterAttempt: () => later('attempt'), afterTask: () => later('task'), afterRun },
    })
    await run.report
    expect(done).toEqual(['attempt', 'task', 'run passed'])
    expect(told).toContain('a hook after task-judged threw: no room')
    expect(told.at(-1)).toBe('run-ended')
  })

  test('that never end are given up after their limit, and counted', async () => {
    const { run, clock, told } = start({ hookTimeoutMs: 5_000, hooks: { afterTask: never, afterRun: never } })
    await quiet()
    await wait(clock, 10_000)
    expect((await run.report).exit).toBe('passed')
    expect(told.filter((text) => text.includes('nobody waits for them any more'))).toEqual([
      '1 calls of hooks went on for 5000 ms after the run was over; nobody waits for them any more',
      '2 calls of hooks went on for 5000 ms after the run was over; nobody waits for them any more',
    ])
    expect(clock.pending).toBe(0)
  })
})
