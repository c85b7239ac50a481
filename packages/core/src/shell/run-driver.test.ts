// What the driver owes to whoever relies on a run: nothing happens before it is durable, nothing happens after it was
// stopped, and whatever breaks around it, the report settles and the run is given back.
import { describe, expect, test } from 'vitest'
import { isMusterError, MusterError } from '../errors/muster-error.ts'
import type { RunReport } from '../model/report.ts'
import type { TaskDefinition } from '../model/task.ts'
import type { JournalWriter, Store } from '../ports/store.ts'
import { decodeCommit } from '../run/commit-codec.ts'
import type { Entry } from '../run/entry.ts'
import { faultyStore, type StoreFault } from '../testing/faulty-store.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { passingEngine, ScriptedEngine } from './fixtures/scripted-engine.ts'
import { memoryStore } from './memory-store.ts'
import { createOrchestrator } from './orchestrator.ts'

/** A gate that tests open when they have seen enough. */
function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open }
}

/** Lets everything that can go on without time passing go on. */
async function quiet(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve))
}

const task = (id: string, more: Partial<TaskDefinition> = {}): TaskDefinition => ({ id, kind: 'task', ...more })

function verdicts(report: RunReport): Record<string, string | undefined> {
  return Object.fromEntries(report.tasks.map(({ id, verdict }) => [id, verdict?.kind]))
}

async function thrownBy(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  )
}

async function codeOf(promise: Promise<unknown>): Promise<string | undefined> {
  const error = await thrownBy(promise)
  if (error === undefined) return undefined
  return isMusterError(error) ? error.code : 'no code'
}

/** A store whose writers a test may wrap. */
function withWriter(inner: Store, wrap: (writer: JournalWriter) => JournalWriter): Store {
  return {
    name: inner.name,
    createRun: (run) => inner.createRun(run),
    listRuns: (limit) => inner.listRuns(limit),
    findRun: (run) => inner.findRun(run),
    openJournal: async (request) => wrap(await inner.openJournal(request)),
    readJournal: (run, afterSeq) => inner.readJournal(run, afterSeq),
    readDetails: (run, name) => inner.readDetails(run, name),
    deleteRuns: (runs) => inner.deleteRuns(runs),
    readHistory: (keys) => inner.readHistory(keys),
    foldHistory: (run, records, guard) => inner.foldHistory(run, records, guard),
    close: () => inner.close(),
  }
}

async function rowsOf(store: Store, run: string): Promise<readonly (readonly Entry[])[]> {
  const rows: (readonly Entry[])[] = []
  for await (const batch of store.readJournal(run)) {
    for (const { bytes, seq } of batch) rows.push(decodeCommit(bytes, run, seq).entries)
  }
  return rows
}

describe('opening', () => {
  test('a worker that joined while another engine still attached takes part', async () => {
    const quick = passingEngine({ name: 'quick', kind: 'a' })
    const slow = passingEngine({ name: 'slow', kind: 'b', attaching: quiet })
    await using muster = createOrchestrator({ engines: [quick, slow] })
    const report = await muster.run({ tasks: [task('a', { kind: 'a' }), task('b', { kind: 'b' })] }).report
    expect(verdicts(report)).toEqual({ a: 'passed', b: 'passed' })
  })

  test('the tasks of a run and that no more will come are one row: a crash leaves both or none', async () => {
    const store = memoryStore()
    await using muster = createOrchestrator({ engines: [passingEngine()], store })
    await muster.run({ run: 'r', tasks: [task('a')] }).report
    const rows = await rowsOf(store, 'r')
    const kinds = rows.map((entries) => entries.map(({ kind }) => kind))
    expect(kinds.find((row) => row.includes('tasks-added'))).toContain('source-closed')
  })

  test('what was asked before the run is open holds before anything is launched', async () => {
    const { opened, open } = gate()
    const engine = passingEngine({ attaching: () => opened })
    const store = memoryStore()
    await using muster = createOrchestrator({ engines: [engine], store })
    const run = muster.run({ run: 'r', tasks: [task('a'), task('b')] })
    run.cancel({ kind: 'task', task: 'b' }, 'a person')
    await quiet()
    run.interrupt('a person')
    open()
    const report = await run.report
    expect(report.ending).toBe('interrupted')
    expect(verdicts(report)).toEqual({ a: undefined, b: 'cancelled' })
    expect(engine.launched).toEqual([])
    expect((await muster.resume('r').report).exit).toBe('failed')
    expect(engine.launched.map((command) => command.task.id)).toEqual(['a'])
  })

  test.for(['signal', 'interrupt', 'close'])('a discovery that never ends can be given up by %s', async (how) => {
    const runner = {
      name: 'task',
      discover: () => new Promise<never>(() => {}),
      executor: { module: 'file:///nowhere.js', options: {} },
    }
    const muster = createOrchestrator({ runners: [runner] })
    const abort = new AbortController()
    const run = muster.run({ signal: abort.signal })
    await quiet()
    if (how === 'signal') abort.abort()
    if (how === 'interrupt') run.interrupt()
    const closed = muster.close()
    expect(await codeOf(run.report)).toBe('ABORTED')
    await closed
  })

  test('an engine that cannot attach is named, and the run is given back', async () => {
    const clock = new ManualClock()
    const store = memoryStore({ clock })
    const cause = new Error('no such host')
    const broken = new ScriptedEngine({ attaching: () => Promise.reject(cause) })
    const muster = createOrchestrator({ engines: [broken], store, clock })
    const error = await thrownBy(muster.run({ run: 'r', tasks: [task('a')] }).report)
    expect(error).toMatchObject({ code: 'ENGINE_FAILED', cause })
    expect(clock.pending).toBe(0)
    await (await store.openJournal({ run: 'r', owner: 'somebody else', leaseMs: 1000 })).close()
  })

  test('a graph that a policy cannot read gives the run back', async () => {
    const store = memoryStore()
    const muster = createOrchestrator({ engines: [passingEngine()], store })
    const plan = {
      ...(await muster.plan({ tasks: [task('a')] })),
      graphFacts: () => {
        throw new MusterError('POLICY_FAILED', { expected: 'a graph', got: 'none' })
      },
    }
    expect(await codeOf(muster.run({ run: 'r', plan }).report)).toBe('POLICY_FAILED')
    const found = await store.findRun('r')
    if (found !== undefined) await (await store.openJournal({ run: 'r', owner: 'else', leaseMs: 1000 })).close()
  })

  test('a run that is going on is not started a second time', async () => {
    const engine = new ScriptedEngine()
    await using muster = createOrchestrator({ engines: [engine], store: 'none' })
    const run = muster.run({ run: 'r', tasks: [task('a')], keepOpen: true })
    await quiet()
    expect(await codeOf(muster.run({ run: 'r', tasks: [task('a')] }).report)).toBe('RUN_EXISTS')
    await run.add({ tasks: [task('b')] })
    run.close()
    await quiet()
    expect(engine.detached).toBe(0)
    for (const { attempt } of engine.launched) engine.end(attempt)
    expect(verdicts(await run.report)).toEqual({ a: 'passed', b: 'passed' })
  })

  test('a run that is going on here is not taken over from itself', async () => {
    const engine = new ScriptedEngine({ cancelling: (attempt, self) => self.end(attempt, 'cancelled') })
    await using muster = createOrchestrator({ engines: [engine] })
    const run = muster.run({ run: 'r', tasks: [task('a')] })
    await quiet()
    expect(await codeOf(muster.resume('r', { takeOver: true }).report)).toBe('RUN_OWNED')
    for (const { attempt } of engine.launched) engine.end(attempt)
    expect((await run.report).exit).toBe('passed')
  })
})

describe('a store that fails', () => {
  const faults: readonly StoreFault[] = ['fail', 'full', 'store-then-fail', 'never-answer', 'store-then-never-answer']
  test.for(faults)('on an append (%s) stops the run, and a resume ends it', async (fault) => {
    const clock = new ManualClock()
    const inner = memoryStore({ clock })
    const reached = gate()
    const faulty = faultyStore(inner, ({ method, seq }) => {
      if (method !== 'append' || seq !== 2) return undefined
      reached.open()
      return fault
    })
    const acknowledged: string[] = []
    const engine = new ScriptedEngine({
      launching: ({ attempt, task: { id } }, self) => {
        self.end(attempt, 'passed', () => acknowledged.push(id))
      },
    })
    const muster = createOrchestrator({ engines: [engine], store: faulty, clock, storeTimeoutMs: 5_000 })
    const run = muster.run({ run: 'r', tasks: [task('a'), task('b', { dependsOn: ['a'] })] })
    const seen: string[] = []
    run.on('attempt-ended', (event) => void seen.push(event.task))
    await reached.opened
    await quiet()
    if (fault.endsWith('answer')) clock.advance(60_000)
    expect(await codeOf(run.report)).toBe(fault === 'full' ? 'STORE_FULL' : 'STORE_FAILED')
    expect([acknowledged, seen]).toEqual([[], []])
    expect(engine.detached).toBe(1)
    // What comes after the end is not acknowledged either: the next owner has to hear it.
    engine.end({ run: 'r', task: 0, n: 1 }, 'passed', () => acknowledged.push('late'))
    expect(acknowledged).toEqual([])
    clock.advance(60_000)
    expect(clock.pending).toBe(0)

    const heir = createOrchestrator({ engines: [passingEngine()], store: inner })
    expect((await heir.resume('r').report).exit).toBe('passed')
  })

  test('to renew a lease once does not stop the run; for a whole lease it does', async () => {
    const clock = new ManualClock()
    let isBroken = true
    const store = faultyStore(memoryStore({ clock }), ({ method }) =>
      method === 'heartbeat' && isBroken ? 'fail' : undefined,
    )
    const engine = new ScriptedEngine()
    const muster = createOrchestrator({ engines: [engine], store, clock, leaseMs: 3_000 })
    const run = muster.run({ run: 'r', tasks: [task('a'), task('b')] })
    await quiet()
    clock.advance(1_000)
    await quiet()
    isBroken = false
    clock.advance(1_000)
    await quiet()
    engine.end({ run: 'r', task: 0, n: 1 })
    await quiet()
    isBroken = true
    for (let beat = 0; beat < 5; beat++) {
      clock.advance(1_000)
      await quiet()
    }
    expect(await codeOf(run.report)).toBe('STORE_FAILED')
  })

  test('to close a journal does not take a finished report away', async () => {
    const store = faultyStore(memoryStore(), ({ method }) => (method === 'close-journal' ? 'fail' : undefined))
    await using muster = createOrchestrator({ engines: [passingEngine()], store })
    const run = muster.run({ tasks: [task('a')] })
    const notes: string[] = []
    run.on('note', ({ text }) => void notes.push(text))
    expect((await run.report).exit).toBe('passed')
    expect(notes.join()).toMatch(/journal/)
  })
})

describe('an owner that was taken over', () => {
  test('has no further effect, though its last append is answered late', async () => {
    const clock = new ManualClock()
    const inner = memoryStore({ clock })
    const { opened, open } = gate()
    const store = withWriter(inner, (writer) => ({
      run: writer.run,
      epoch: writer.epoch,
      lastSeq: writer.lastSeq,
      append: async (commit) => {
        await writer.append(commit)
        if (commit.seq === 2) await opened
      },
      heartbeat: () => writer.heartbeat(),
      close: () => writer.close(),
    }))
    const engine = new ScriptedEngine({ slots: 1 })
    const muster = createOrchestrator({ engines: [engine], store, clock, leaseMs: 3_000 })
    const run = muster.run({ run: 'r', tasks: [task('a'), task('b')] })
    await quiet()
    const acknowledged: string[] = []
    engine.end({ run: 'r', task: 0, n: 1 }, 'passed', () => acknowledged.push('a'))
    await quiet()
    await inner.openJournal({ run: 'r', owner: 'somebody else', leaseMs: 3_000, takeOver: true })
    clock.advance(1_000)
    expect(await codeOf(run.report)).toBe('RUN_TAKEN_OVER')
    open()
    await quiet()
    expect(engine.launched.map((command) => command.task.id)).toEqual(['a'])
    expect(acknowledged).toEqual([])
    expect(clock.pending).toBe(0)
  })
})

describe('engines', () => {
  test('that throw when they let go of a run do not take its report away', async () => {
    const store = memoryStore()
    const engine = passingEngine({ detaching: () => Promise.reject(new Error('stuck')) })
    const muster = createOrchestrator({ engines: [engine], store })
    const run = muster.run({ run: 'r', tasks: [task('a')] })
    const notes: string[] = []
    run.on('note', ({ text }) => void notes.push(text))
    expect((await run.report).exit).toBe('passed')
    expect(notes.join()).toMatch(/stuck/)
    await (await store.openJournal({ run: 'r', owner: 'somebody else', leaseMs: 1000 })).close()
  })

  test('that throw on a launch are named', async () => {
    const engine = new ScriptedEngine({
      launching: () => {
        throw new TypeError('oops')
      },
    })
    const muster = createOrchestrator({ engines: [engine] })
    expect(await codeOf(muster.run({ tasks: [task('a')] }).report)).toBe('ENGINE_FAILED')
  })

  test('are asked to cancel until the attempt has ended', async () => {
    const clock = new ManualClock()
    const engine = new ScriptedEngine()
    const muster = createOrchestrator({ engines: [engine], clock, store: 'none' })
    const run = muster.run({ run: 'r', tasks: [task('a')] })
    await quiet()
    run.interrupt()
    await quiet()
    clock.advance(60_000)
    expect(engine.cancelled.length).toBeGreaterThan(2)
    engine.end({ run: 'r', task: 0, n: 1 }, 'cancelled')
    expect((await run.report).ending).toBe('interrupted')
    expect(clock.pending).toBe(0)
  })

  test("never hear an acknowledgement of another run's attempt", async () => {
    const engine = new ScriptedEngine()
    await using muster = createOrchestrator({ engines: [engine] })
    const run = muster.run({ run: 'r', tasks: [task('a')] })
    await quiet()
    const acknowledged: string[] = []
    engine.end({ run: 'other', task: 0, n: 1 }, 'passed', () => acknowledged.push('foreign'))
    engine.end({ run: 'r', task: 0, n: 1 }, 'passed', () => acknowledged.push('own'))
    await run.report
    expect(acknowledged).toEqual(['own'])
  })

  test('are all closed, and the store with them, though one fails and none was used', async () => {
    const engines = ['a', 'b'].map(
      (name) => new ScriptedEngine({ name, closing: () => Promise.reject(new Error(name)) }),
    )
    const store = memoryStore()
    const muster = createOrchestrator({ engines, store })
    expect(await thrownBy(muster.close())).toBeInstanceOf(Error)
    expect(engines.map(({ closed }) => closed)).toEqual([1, 1])
    expect(await codeOf(store.listRuns())).toBe('STORE_CLOSED')
  })

  test('of one name are refused', () => {
    expect(() => createOrchestrator({ engines: [new ScriptedEngine(), new ScriptedEngine()] })).toThrow(
      /OPTIONS_INVALID/,
    )
  })
})

describe('hooks', () => {
  test('that are still busy when their attempt is cancelled launch nothing', async () => {
    const { opened, open } = gate()
    const engine = passingEngine()
    const muster = createOrchestrator({ engines: [engine], hooks: { beforeAttempt: () => opened } })
    const run = muster.run({ tasks: [task('a')] })
    await quiet()
    run.interrupt()
    expect((await run.report).ending).toBe('interrupted')
    open()
    await quiet()
    expect(engine.launched).toEqual([])
  })

  test('before a task that threw are called again, until they let it go', async () => {
    const clock = new ManualClock()
    const calls: string[] = []
    const engine = passingEngine()
    const muster = createOrchestrator({
      engines: [engine],
      clock,
      retry: { maxAttempts: 3, baseDelayMs: 0 },
      hooks: {
        beforeTask: ({ id }) => {
          if (calls.push(id) < 3) throw new Error('not yet')
        },
      },
    })
    const run = muster.run({ tasks: [task('a')] })
    for (let i = 0; i < 5; i++) {
      await quiet()
      clock.advance(1_000)
    }
    expect((await run.report).exit).toBe('passed')
    expect(calls).toEqual(['a', 'a', 'a'])
    expect(engine.launched.length).toBe(1)
  })

  test('before a run are called for a resume as well', async () => {
    const store = memoryStore()
    const calls: string[] = []
    const engine = new ScriptedEngine({ cancelling: (attempt, self) => self.end(attempt, 'cancelled') })
    const first = createOrchestrator({ engines: [engine], store })
    const run = first.run({ run: 'r', tasks: [task('a')] })
    await quiet()
    run.interrupt()
    await run.report
    const second = createOrchestrator({
      engines: [passingEngine()],
      store,
      hooks: { beforeRun: ({ run: id, tasks }) => void calls.push(`${id} of ${tasks}`) },
    })
    expect((await second.resume('r').report).exit).toBe('passed')
    expect(calls).toEqual(['r of 1'])
  })
})

test('a cancel of what is not there is told, and changes nothing', async () => {
  await using muster = createOrchestrator({ engines: [passingEngine()] })
  const run = muster.run({ tasks: [task('a')] })
  const notes: string[] = []
  run.on('note', ({ text }) => void notes.push(text))
  run.cancel({ kind: 'task', task: 'b' })
  run.cancel({ kind: 'group', group: 'g' })
  expect(verdicts(await run.report)).toEqual({ a: 'passed' })
  expect(notes.join()).toMatch(/task b is not known.*group g is not known/)
})

test('what a run left undone says that a resume goes on with it', async () => {
  const engine = new ScriptedEngine({ slots: 1, cancelling: (attempt, self) => self.end(attempt, 'cancelled') })
  await using muster = createOrchestrator({ engines: [engine] })
  const run = muster.run({ run: 'r', tasks: [task('a'), task('b')] })
  await quiet()
  run.interrupt()
  await run.report
  expect((await muster.explain('r', 'b')).sentences.join()).toMatch(/interrupted.*resume/)
  expect((await muster.report('r')).exit).toBe('interrupted')
  expect((await muster.replay('r')).parting).toBeUndefined()
})

test('a resume keeps its lease while a hook before the run takes its time', async () => {
  const clock = new ManualClock()
  const store = memoryStore({ clock })
  const engine = new ScriptedEngine({ cancelling: (attempt, self) => self.end(attempt, 'cancelled') })
  const first = createOrchestrator({ engines: [engine], store, clock }).run({ run: 'r', tasks: [task('a')] })
  await quiet()
  first.interrupt()
  await first.report
  const { opened, open } = gate()
  const hooks = { beforeRun: () => opened }
  const run = createOrchestrator({ engines: [passingEngine()], store, clock, hooks, leaseMs: 3_000 }).resume('r')
  for (let beat = 0; beat < 5; beat++) {
    await quiet()
    clock.advance(1_000)
  }
  expect(await codeOf(store.openJournal({ run: 'r', owner: 'somebody else', leaseMs: 1_000 }))).toBe('RUN_OWNED')
  open()
  expect((await run.report).exit).toBe('passed')
  expect(clock.pending).toBe(0)
})

describe('events', () => {
  test('of a run that is over end at once', async () => {
    await using muster = createOrchestrator({ engines: [passingEngine()] })
    const run = muster.run({ tasks: [task('a')] })
    await run.report
    const late: string[] = []
    for await (const event of run.events) late.push(event.kind)
    expect(late).toEqual([])
  })

  test('reach two readers of one sequence, and both end', async () => {
    await using muster = createOrchestrator({ engines: [passingEngine()] })
    const run = muster.run({ tasks: [task('a')] })
    const { events } = run
    const read = async (): Promise<void> => {
      for await (const event of events) expect(event.kind).not.toBe('')
    }
    await Promise.all([read(), read(), run.report])
  })

  test('tell of a listener whose promise rejects', async () => {
    await using muster = createOrchestrator({ engines: [passingEngine()] })
    const run = muster.run({ tasks: [task('a')] })
    const notes: string[] = []
    run.on('note', ({ text }) => void notes.push(text))
    // What an asynchronous function looks like to the compiler where only `void` is asked for.
    const broken = (): unknown => Promise.reject(new Error('a broken promise'))
    run.on('attempt-launched', broken)
    await run.report
    await quiet()
    expect(notes.join()).toMatch(/a broken promise/)
  })
})

describe('adding tasks', () => {
  test('comes before a close that was asked for after it', async () => {
    await using muster = createOrchestrator({ engines: [passingEngine()] })
    for (const hasOpened of [false, true]) {
      const run = muster.run({ tasks: [task('a')], keepOpen: true })
      if (hasOpened) await quiet()
      const added = run.add({ tasks: [task('b')] })
      run.close()
      await added
      expect(await codeOf(run.add({ tasks: [task('c')] }))).toBe('RUN_CLOSED')
      expect(verdicts(await run.report)).toEqual({ a: 'passed', b: 'passed' })
    }
  })

  test('rejects where the run could not keep them', async () => {
    const store = faultyStore(memoryStore(), ({ method, seq }) =>
      method === 'append' && seq === 3 ? 'fail' : undefined,
    )
    const muster = createOrchestrator({ engines: [passingEngine()], store })
    const run = muster.run({ tasks: [task('a')], keepOpen: true })
    await quiet()
    expect(await codeOf(run.add({ tasks: [task('b')] }))).toBe('STORE_FAILED')
    expect(await codeOf(run.report)).toBe('STORE_FAILED')
  })

  test('goes on after a resume of a run whose source is open', async () => {
    const store = memoryStore()
    const first = createOrchestrator({ engines: [passingEngine()], store })
    const run = first.run({ run: 'r', tasks: [task('a')], groups: [{ id: 'later' }], keepOpen: true })
    await quiet()
    run.interrupt()
    await run.report
    const again = createOrchestrator({ engines: [passingEngine()], store }).resume('r')
    await again.add({ tasks: [task('b', { dependsOn: ['a'], groups: ['later'] })] })
    again.close()
    expect(verdicts(await again.report)).toEqual({ a: 'passed', b: 'passed' })
  })
})

test('a resume without an executor for what is open is refused before anything is recorded', async () => {
  const store = memoryStore()
  const engine = new ScriptedEngine({ cancelling: (attempt, self) => self.end(attempt, 'cancelled') })
  const run = createOrchestrator({ engines: [engine], store }).run({ run: 'r', tasks: [task('a')] })
  await quiet()
  run.interrupt()
  await run.report
  const before = (await rowsOf(store, 'r')).length
  const other = createOrchestrator({
    executors: [{ kind: 'other', execute: async () => ({ outcome: { result: 'passed', durationMs: 0 } }) }],
    store,
  })
  expect(await codeOf(other.resume('r').report)).toBe('EXECUTOR_UNKNOWN')
  expect((await rowsOf(store, 'r')).length).toBe(before)
})
