// What the local engine promises beyond the contract of all engines: each with real processes, and none by the clock.

import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Outcome } from '../../model/outcome.ts'
import type { Engine, EngineContext, ProvisionalNews } from '../../ports/engine.ts'
import type { AttemptSignal } from '../../run/signal.ts'
import { readLines } from '../read-lines.ts'
import { localEngine, type LocalEngineOptions } from './local-engine.ts'
import { listProcesses, readProcess } from './process-table.ts'
import { endRunProcesses, findRunProcesses } from './run-processes.ts'

const root = realpathSync(mkdtempSync(join(tmpdir(), 'muster local-')))
const run = 'processes'
const module = new URL('./fixtures/scripted-executor.ts', import.meta.url).href

type Step = readonly [string, unknown?]
type Ended = Extract<AttemptSignal, { kind: 'attempt-ended' }>

let engine: Engine
let tasks = 0
let warnings: string[] = []
let news: ProvisionalNews[] = []
let told = new Map<number, (signal: AttemptSignal) => void>()
let whenStarted = new Map<number, () => void>()

const context: EngineContext = {
  run,
  epoch: 1,
  root,
  deliver: (signal) => {
    if (!('attempt' in signal)) return
    const { task } = signal.attempt
    if (signal.kind === 'attempt-started') whenStarted.get(task)?.()
    else told.get(task)?.(signal)
  },
  news: (piece) => news.push(piece),
  warn: (text) => warnings.push(text),
}

async function open(options: LocalEngineOptions = {}): Promise<void> {
  const executors = {
    scripted: { module, options: {} },
    broken: { module, options: 'broken' },
    patient: { module, options: { overtimeMs: 5000 } },
    forging: { module, options: { overtimeMs: 'for ever' } },
  }
  engine = localEngine({ executors, slots: 1, graceMs: 200, ...options })
  await engine.attach(context, [])
}

interface Launched {
  readonly started: Promise<void>
  readonly over: Promise<AttemptSignal>
}

function launch(steps: readonly Step[], more: { timeoutMs?: number; kind?: string } = {}): Launched {
  const attempt = { run, task: (tasks += 1), n: 1 }
  const started = new Promise<void>((resolve) => whenStarted.set(attempt.task, resolve))
  const over = new Promise<AttemptSignal>((resolve) => told.set(attempt.task, resolve))
  const task = { id: `task ${attempt.task}`, kind: more.kind ?? 'scripted', payload: { steps } }
  engine.launch([{ attempt, worker: 'local', task, timeoutMs: more.timeoutMs }])
  return { started, over }
}

async function ended(steps: readonly Step[], more?: { timeoutMs?: number; kind?: string }): Promise<Ended> {
  const signal = await launch(steps, more).over
  if (signal.kind !== 'attempt-ended') throw new Error(`expected an end, got ${JSON.stringify(signal)}`)
  return signal
}

async function outcome(steps: readonly Step[], more?: { timeoutMs?: number; kind?: string }): Promise<Outcome> {
  return (await ended(steps, more)).outcome
}

/** The supervisor is the process of the run that this one started. */
function supervisor(): number {
  return listProcesses().find(({ parent, marks }) => parent === process.pid && marks?.root === root)?.pid ?? 0
}

beforeEach(() => {
  tasks = 0
  warnings = []
  news = []
  told = new Map()
  whenStarted = new Map()
})
afterEach(async () => {
  await engine.close()
  expect(findRunProcesses({ run, root, epoch: Infinity })).toEqual([])
})
afterAll(() => {
  rmSync(root, { recursive: true })
})

describe('after the time limit', () => {
  const goesOn: readonly Step[] = [['go-on-after-limit'], ['case', 'the rest']]

  test('an executor that asked for overtime goes on with the rest, and its attempt is timed out', async () => {
    await open()
    const { outcome: over, details } = await ended(goesOn, { kind: 'patient', timeoutMs: 50 })
    expect(over).toMatchObject({ result: 'timed-out', failure: { category: 'timeout' } })
    expect(details?.cases).toMatchObject([{ path: ['the rest'], result: 'passed' }])
  })

  test.each(['scripted', 'forging'])(
    'one that did not, or asks for nonsense (%s), gets the grace alone',
    async (kind) => {
      await open()
      const { outcome: over, details } = await ended(goesOn, { kind, timeoutMs: 50 })
      expect(over.result).toBe('timed-out')
      expect(details?.cases ?? []).toEqual([])
    },
  )

  test('a cancel ends it without', async () => {
    await open()
    const { started, over } = launch(goesOn, { kind: 'patient' })
    await started
    engine.cancel({ run, task: tasks, n: 1 }, 'the test says so')
    expect(await over).toMatchObject({ kind: 'attempt-ended', outcome: { result: 'cancelled' } })
  })
})

describe('what a test prints', () => {
  test('ten megabytes are kept at both ends, and the middle is counted', async () => {
    await open()
    const { details } = await ended([['print-much', 10_240]])
    expect(details?.stdout?.head).toHaveLength(65_536)
    expect(details?.stdout?.tail).toHaveLength(65_536)
    expect(details?.stdout?.omittedBytes).toBe(10_485_760 - 131_072)
  })

  test('bytes that are no text do no harm, and the next attempt starts with nothing', async () => {
    await open()
    const { outcome: binary, details } = await ended([['print-binary']])
    expect(binary.result).toBe('passed')
    expect(details?.stdout?.head).toContain('ABCDEFG')
    expect((await ended([['return', 1]])).details).toBeUndefined()
  })

  test('is told while the test runs, and kept when its process crashes', async () => {
    await open()
    const { details, outcome: crashed } = await ended([
      ['print', 'before the crash'],
      ['case', 'first'],
      ['kill', 'SIGKILL'],
    ])
    expect(details).toMatchObject({ stdout: { head: 'before the crash' }, cases: [{ path: ['first'] }] })
    expect(crashed.cases).toEqual({ passed: 1, failed: 0, skipped: 0, flaky: 0 })
    expect(news.map(({ kind }) => kind).sort()).toEqual(['case', 'output'])
  })
})

describe('how a test ends its process', () => {
  test.each([
    [[['exit', 0]], 'exit code 0'],
    [[['exit', 3]], 'exit code 3'],
    [[['kill', 'SIGSEGV']], 'signal SIGSEGV'],
    [[['kill', 'SIGKILL']], 'signal SIGKILL'],
  ] as const)('%j is a crash that names the %s', async (steps, evidence) => {
    await open()
    expect(await outcome(steps)).toMatchObject({
      result: 'failed',
      failure: { category: 'process-crash', evidence: [evidence] },
    })
    expect((await outcome([['return', 1]])).result).toBe('passed')
  })

  test('an error that nobody catches is the failure', async () => {
    await open()
    expect(await outcome([['throw-later', 'thrown late']])).toMatchObject({
      result: 'failed',
      failure: { category: 'exception', errorName: 'RangeError', message: 'thrown late' },
    })
  })

  test('a process that has ended between two attempts is replaced', async () => {
    await open()
    const { output: agent } = await outcome([['pid']])
    process.kill(Number(agent), 'SIGKILL')
    const next = await outcome([['pid']])
    expect(next.result).toBe('passed')
    expect(next.output).not.toBe(agent)
  })

  test('the agent stays warm otherwise', async () => {
    await open()
    expect((await outcome([['pid']])).output).toBe((await outcome([['pid']])).output)
  })
})

/** Threads of Node cannot outlive its first one. */
const hasPython = process.platform === 'linux' && spawnSync('python3', ['--version']).status === 0
/** By control groups where there are some, and by markers alone. */
const finding = ['auto', 'off'] as const

describe.each(finding)('what a test leaves behind, control groups %s', (cgroups) => {
  test.each(['child', 'setsid', 'deaf', 'nameless'])('%s is killed when the attempt ends', async (how) => {
    await open({ cgroups })
    const { output: pid, result, leaks } = await outcome([['leave', how]])
    expect(result).toBe('passed')
    expect(readProcess(Number(pid))).toBeUndefined()
    expect(leaks).toMatchObject({ count: 1, processes: [{ pid }] })
    expect(leaks?.processes[0]?.command).toContain('setInterval')
    expect(warnings).toEqual([expect.stringMatching(/^task 1 left 1 process running: .*; killed after it ended\.$/)])
  })

  test.runIf(process.platform === 'linux')('a process that the kernel is taking away already is none', async () => {
    await open({ cgroups })
    const { output: pid, leaks } = await outcome([['leave', 'dying']])
    expect(Number(pid)).toBeGreaterThan(1)
    expect(leaks).toBeUndefined()
    expect(warnings).toEqual([])
  })

  test.runIf(hasPython)('a process whose first thread has ended lives as long as another one does', async () => {
    await open({ cgroups })
    const { leaks } = await outcome([['leave', 'headless']])
    expect(leaks?.count).toBe(1)
    expect(findRunProcesses({ run, root, epoch: Infinity })).toHaveLength(2)
  })

  test('a grandchild that left group, session and parent is found by its marker', async () => {
    await open({ cgroups })
    await outcome([['leave', 'orphan']])
    expect(warnings).toEqual([expect.stringMatching(/^task 1 left 1 process running: .*; killed after it ended\.$/)])
    expect(findRunProcesses({ run, root, epoch: Infinity })).toHaveLength(2)
  })

  test('it is killed with a test that hangs, too', async () => {
    await open({ cgroups })
    for (const how of ['child', 'setsid', 'deaf', 'orphan']) {
      const { result } = await outcome([['leave', how], ['ignore-sigterm'], ['loop']], { timeoutMs: 100 })
      expect(result).toBe('timed-out')
      expect(findRunProcesses({ run, root, epoch: Infinity })).toEqual([supervisor()])
    }
  })
})

describe('the environment', () => {
  test('holds the usual names, what is allowed and set, and the markers; nothing else', async () => {
    process.env['MUSTER_TEST_SECRET'] = 'secret'
    process.env['MUSTER_TEST_ALLOWED'] = 'allowed'
    try {
      await open({ env: { allow: ['MUSTER_TEST_AL*'], set: { FIXED: 'value' } } })
    } finally {
      delete process.env['MUSTER_TEST_SECRET']
      delete process.env['MUSTER_TEST_ALLOWED']
    }
    const { output } = await outcome([['environment']])
    expect(output).toMatchObject({
      PATH: process.env['PATH'],
      MUSTER_TEST_ALLOWED: 'allowed',
      FIXED: 'value',
      MUSTER_RUN: run,
      MUSTER_ROOT: root,
      MUSTER_SLOT: '0',
      MUSTER_ATTEMPT: `${run}/1#1`,
    })
    expect(output).not.toHaveProperty('MUSTER_TEST_SECRET')
    expect(output).not.toHaveProperty('VITEST')
  })
})

describe('an executor that cannot be used', () => {
  test('one that cannot be made fails its tasks by name', async () => {
    await open()
    const { result, failure } = await outcome([], { kind: 'broken' })
    expect(result).toBe('failed')
    expect(failure).toMatchObject({ message: 'cannot be made' })
    expect(failure?.evidence[0]).toBe('the executor of kind "broken" could not be loaded')
  })

  test('a module that is not there, or exports nothing of use, is named', async () => {
    const missing = new URL('./fixtures/no-such-module.ts', import.meta.url).href
    const useless = new URL('./messages.ts', import.meta.url).href
    await open({ executors: { missing: { module: missing, options: {} }, useless: { module: useless, options: {} } } })
    expect((await outcome([], { kind: 'missing' })).failure).toMatchObject({ category: 'build-dependency' })
    expect((await outcome([], { kind: 'useless' })).failure).toMatchObject({ category: 'configuration' })
  })

  test('an output that cannot be kept is a failure of the executor', async () => {
    await open()
    expect((await outcome([['bad-output']])).failure).toMatchObject({ category: 'configuration', fault: 'test' })
  })
})

describe('code of strangers that does harm', () => {
  test('a case that does not fit fails the attempt and nothing else', async () => {
    await open()
    const { result, failure } = await outcome([['bad-case']])
    expect([result, failure?.category]).toEqual(['failed', 'configuration'])
    expect(failure?.message).toContain('cases.0.path')
    expect((await outcome([['return', 1]])).result).toBe('passed')
  })

  test('noise and forged messages on the way to the supervisor do no more', async () => {
    await open()
    const forged = {
      v: 1,
      kind: 'done',
      task: 2,
      n: 1,
      result: { outcome: { result: 'great' } },
      keepsProcesses: false,
    }
    const noise = ['', 'noise', '{', '[]', 'null', '{"v":2,"kind":"done"}', '{"v":1,"kind":"__proto__"}', '{"v":1}']
    expect((await outcome([['write-to-supervisor', `${noise.join('\n')}\n`]])).result).toBe('passed')
    const { failure } = await outcome([['write-to-supervisor', `${JSON.stringify(forged)}\n`]])
    expect(failure?.message).toContain('does not fit: outcome')
    expect((await outcome([['return', 1]])).result).toBe('passed')
  })

  test('an attempt that empties the folder for temporary files stops nobody', async () => {
    await open()
    expect((await outcome([['tidy-up']])).result).toBe('passed')
    expect((await outcome([['return', 1]])).result).toBe('passed')
  })
})

describe('a supervisor that dies', () => {
  test('loses its attempt to the worker, leaves nothing, and is replaced', async () => {
    await open()
    const hanging = launch([['leave', 'setsid'], ['ignore-sigterm'], ['loop']])
    await hanging.started
    process.kill(supervisor(), 'SIGKILL')
    expect(await hanging.over).toMatchObject({ kind: 'attempt-lost', cause: 'worker' })
    expect(findRunProcesses({ run, root, epoch: Infinity })).toEqual([])
    expect((await outcome([['return', 1]])).result).toBe('passed')
    expect(warnings).toContain('The supervisor of slot 0 ended with signal SIGKILL')
  })

  test('one that stands still is noticed by its silence', async () => {
    await open({ leaseMs: 1000 })
    const hanging = launch([['wait']])
    await hanging.started
    process.kill(supervisor(), 'SIGSTOP')
    expect(await hanging.over).toMatchObject({ kind: 'attempt-lost', cause: 'worker' })
  })
})

describe('a coordinator that dies', () => {
  const killed = { run: 'killed', root, epoch: Infinity }
  const coordinators: ChildProcess[] = []

  async function coordinator(epoch: number, steps: readonly (readonly Step[])[]): Promise<ChildProcess> {
    const script = fileURLToPath(new URL('./fixtures/coordinator.ts', import.meta.url))
    const child = spawn(process.execPath, [script, root, JSON.stringify(steps), String(epoch)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    coordinators.push(child)
    let started = 0
    await new Promise<void>((resolve) => {
      readLines(child.stdout, (line) => {
        if (line.includes('"attempt-started"') && (started += 1) === steps.length) resolve()
      })
    })
    return child
  }

  function serve(epoch: number): Promise<unknown> {
    return engine.attach({ ...context, run: killed.run, epoch }, [])
  }

  afterEach(async () => {
    for (const child of coordinators) child.kill('SIGKILL')
    coordinators.length = 0
    await endRunProcesses(killed)
  })

  test('takes its whole tree with it, endless loops and orphans too', async () => {
    const child = await coordinator(1, [
      [['leave', 'orphan'], ['wait']],
      [['ignore-sigterm'], ['loop']],
    ])
    await expect.poll(() => findRunProcesses(killed).length, { timeout: 20_000 }).toBe(5)
    child.kill('SIGKILL')
    await expect.poll(() => findRunProcesses(killed), { timeout: 20_000 }).toEqual([])
    await open()
  })

  test('nothing of it lives when the next owner has attached, even where supervisors stand still', async () => {
    const child = await coordinator(1, [[['leave', 'setsid'], ['loop']]])
    const before = findRunProcesses(killed)
    for (const pid of before) process.kill(pid, 'SIGSTOP')
    child.kill('SIGKILL')
    await open()
    await serve(2)
    expect(findRunProcesses(killed)).toEqual([])
  })

  test('one that was thought dead starts nothing more', async () => {
    await open()
    const former = localEngine({ executors: { scripted: { module, options: {} } }, slots: 1, graceMs: 200 })
    const refused = new Promise<AttemptSignal>((resolve) => {
      void former.attach(
        {
          ...context,
          run: killed.run,
          deliver: (signal) => {
            if ('attempt' in signal) resolve(signal)
          },
        },
        [],
      )
    })
    await serve(2)
    const attempt = { run: killed.run, task: 0, n: 1 }
    const task = { id: 'late', kind: 'scripted', payload: { steps: [['loop']] } }
    former.launch([{ attempt, worker: 'local', task, timeoutMs: undefined }])
    expect(await refused).toMatchObject({ kind: 'attempt-refused', because: 'the run has another owner by now' })
    await former.close()
    // Its leaving has not taken the fence of the present owner away.
    const present = await coordinator(3, [[['wait']]])
    await expect(serve(2)).rejects.toMatchObject({ code: 'RUN_TAKEN_OVER' })
    present.kill('SIGKILL')
  })
})

test('misuse is named before anything starts', async () => {
  await open()
  expect(() => localEngine({ executors: { a: { module: './a.js', options: {} } } })).toThrow(/file: URL.*"\.\/a\.js"/)
  expect(() => localEngine({ slots: 0 })).toThrow(/localEngine\.slots/)
  await expect(engine.attach({ ...context, root: '/no such root' }, [])).rejects.toMatchObject({
    code: 'ENGINE_FAILED',
  })
})
