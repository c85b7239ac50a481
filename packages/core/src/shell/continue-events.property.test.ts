// Whoever reads the events of a kept run from some row on hears each later one once and in order, whether the run is over,
// goes on, or ends meanwhile, and however it came to its end.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isMusterError } from '../errors/muster-error.ts'
import type { RunEvent } from '../events/run-event.ts'
import type { TaskDefinition } from '../model/task.ts'
import { ScriptedEngine } from './fixtures/scripted-engine.ts'
import { memoryStore } from './memory-store.ts'
import { createOrchestrator, type Orchestrator } from './orchestrator.ts'

const tasks = (count: number): readonly TaskDefinition[] =>
  Array.from({ length: count }, (_, i) => ({
    id: `t${i}`,
    kind: 'task',
    ...(i % 3 === 2 ? { dependsOn: [`t${i - 1}`] } : {}),
  }))

async function quiet(): Promise<void> {
  for (let turn = 0; turn < 6; turn++) await new Promise((resolve) => setImmediate(resolve))
}

/** Reads on and on, and keeps what it read. */
function readOn(events: AsyncIterable<RunEvent>): { readonly read: readonly RunEvent[]; readonly done: Promise<void> } {
  const read: RunEvent[] = []
  const done = (async () => {
    for await (const event of events) read.push(event)
  })()
  return { read, done }
}

/** What the journal keeps of events: all but words and news, and of the ends only the last. */
function kept(events: readonly RunEvent[], after: number): readonly unknown[] {
  const last = events.findLastIndex(({ kind }) => kind === 'run-ended')
  return events
    .filter((event, at) => event.kind !== 'note' && (event.kind === 'run-ended' ? at === last : event.position > after))
    .map((event) => JSON.parse(JSON.stringify(event)) as unknown)
}

interface Reading {
  readonly after: number
  readonly read: readonly RunEvent[]
  readonly done: Promise<void>
}

test('a run is continued from any row: nothing is skipped, nothing told twice', async () => {
  let live = 0
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 12 }),
      fc.array(fc.record({ after: fc.nat({ max: 12 }), ends: fc.nat({ max: 4 }) }), { maxLength: 6 }),
      fc.boolean(),
      async (count, moves, isInterrupted) => {
        const store = memoryStore()
        const whole: RunEvent[] = []
        const readings: Reading[] = []
        const listen = (muster: Orchestrator, after: number): void => {
          readings.push({ after, ...readOn(muster.events('r', { after })) })
        }
        const play = async (muster: Orchestrator, engine: ScriptedEngine): Promise<void> => {
          let ended = 0
          for (const { after, ends } of moves) {
            const last = whole.at(-1)?.position ?? 0
            // Who reads from a row that is not there yet hears what comes after it.
            listen(muster, Math.min(after, last))
            for (let end = 0; end < ends && ended < engine.launched.length; end++) {
              const launched = engine.launched[ended++]
              if (launched !== undefined) engine.end(launched.attempt, end % 2 === 0 ? 'passed' : 'failed')
            }
            await quiet()
          }
        }
        const open = (engine: ScriptedEngine): Orchestrator =>
          createOrchestrator({
            engines: [engine],
            store,
            observers: [{ name: 'all', event: (event) => void whole.push(event) }],
          })

        const first = new ScriptedEngine({ cancelling: (attempt, engine) => engine.end(attempt, 'cancelled') })
        const muster = open(first)
        const run = muster.run({ run: 'r', tasks: tasks(count) })
        listen(muster, 0)
        await quiet()
        await play(muster, first)
        if (isInterrupted) run.interrupt()
        else
          for (let at = 0; at < first.launched.length || (await settled(run.report)) === undefined; at++) {
            const launched = first.launched[at]
            if (launched === undefined) await quiet()
            else first.end(launched.attempt)
          }
        await run.report
        const firstReadings = readings.splice(0)
        for (const { after, read, done } of firstReadings) {
          await done
          live++
          expect(kept(read, after)).toEqual(kept(whole, after))
        }
        const second = new ScriptedEngine({
          launching: ({ attempt }, engine) => {
            engine.end(attempt)
          },
        })
        const next = open(second)
        if (isInterrupted) {
          const resumed = next.resume('r')
          await play(next, second)
          await resumed.report
        }
        for (let after = 0; after <= (whole.at(-1)?.position ?? 0) + 1; after += 2) listen(next, after)
        for (const { after, read, done } of readings) {
          await done
          expect(kept(read, after)).toEqual(kept(whole, after))
        }
      },
    ),
    { numRuns: 40 },
  )
  expect(live).toBeGreaterThan(40)
})

async function settled(promise: Promise<unknown>): Promise<unknown> {
  return Promise.race([promise.then(() => true), quiet().then(() => undefined)])
}

test('a run that nobody knows is told so when it is read', async () => {
  await using muster = createOrchestrator({ engines: [new ScriptedEngine()] })
  const error = await readOn(muster.events('nobody')).done.catch((thrown: unknown) => thrown)
  expect(isMusterError(error) && error.code).toBe('RUN_UNKNOWN')
  expect(() => muster.events('r', { after: -1 })).toThrow('after')
})

test('whoever stops reading in the middle leaves nothing behind', async () => {
  await using muster = createOrchestrator({
    engines: [new ScriptedEngine({ launching: ({ attempt }, engine) => engine.end(attempt) })],
  })
  const run = muster.run({ run: 'r', tasks: tasks(3), keepOpen: true })
  for await (const event of muster.events('r')) if (event.kind === 'task-judged') break
  run.close()
  expect((await run.report).exit).toBe('passed')
  const kinds: string[] = []
  for await (const { kind } of muster.events('r')) kinds.push(kind)
  expect(kinds.filter((kind) => kind === 'task-judged')).toHaveLength(3)
  expect(kinds.at(-1)).toBe('run-ended')
})
