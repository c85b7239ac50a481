import { expect, test } from 'vitest'
import type { TaskDefinition } from '../model/task.ts'
import type { Policy } from '../ports/policy.ts'
import { passingEngine, ScriptedEngine } from '../shell/fixtures/scripted-engine.ts'
import { createOrchestrator } from '../shell/orchestrator.ts'
import { ManualClock } from '../testing/manual-clock.ts'

const longestFirst: Policy = { name: 'longest', key: ({ definition }) => -(definition.expectedMs ?? 0) }
const tasks: readonly TaskDefinition[] = [
  { id: 'a', kind: 'task', expectedMs: 10 },
  { id: 'b', kind: 'task', expectedMs: 10 },
  { id: 'c', kind: 'task', expectedMs: 20 },
]

async function quiet(): Promise<void> {
  for (let turn = 0; turn < 6; turn++) await new Promise((resolve) => setImmediate(resolve))
}

/** An engine whose attempts take what is expected of them. */
function timedEngine(clock: ManualClock): ScriptedEngine {
  return new ScriptedEngine({
    slots: 2,
    launching: ({ attempt, task }, engine) => {
      clock.after(task.expectedMs ?? 0, () => {
        engine.end(attempt)
      })
    },
  })
}

test('a run of yesterday is tried under another policy and with more slots', async () => {
  const clock = new ManualClock()
  await using muster = createOrchestrator({ engines: [timedEngine(clock)], clock })
  const run = muster.run({ run: 'r', tasks })
  for (let ms = 0; ms < 40; ms++) {
    await quiet()
    clock.advance(1)
  }
  await run.report
  const same = await muster.whatIf('r')
  expect(same).toMatchObject({ policy: 'fifo', imputed: { attempts: 0, share: 0 } })
  expect(same.parting).toBeUndefined()
  expect(same.now).toEqual(same.then)
  expect(same.now.makespanMs).toBe(30)
  const longest = await muster.whatIf('r', { policy: longestFirst })
  expect(longest.now.makespanMs).toBe(20)
  expect(longest.now.workers).toEqual([{ worker: 'worker of scripted', slots: 2, busyMs: 40, attempts: 3 }])
  expect(longest.parting).toEqual({ at: 1, then: { task: 'a', n: 1 }, now: { task: 'c', n: 1 } })
  expect((await muster.whatIf('r', { slots: 3 })).now.makespanMs).toBe(20)
  expect((await muster.whatIf('r', { slots: 1 })).now.makespanMs).toBe(40)
})

test('what cannot be asked is refused by name', async () => {
  await using muster = createOrchestrator({ engines: [passingEngine()] })
  await expect(muster.whatIf('nobody')).rejects.toThrow('RUN_UNKNOWN')
  await muster.run({ run: 'r', tasks }).report
  await expect(muster.whatIf('r', { slots: 0 })).rejects.toThrow('slots')
  const workers = [{ id: 'w', engine: 'e', kinds: ['task'], capacity: { slots: 1 } }]
  await expect(muster.whatIf('r', { slots: 1, workers })).rejects.toThrow('not both')
})
