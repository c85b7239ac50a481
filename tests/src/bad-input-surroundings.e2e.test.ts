// What surrounds a run may be broken, full, locked or odd: the database, the clock, the folder, another run. The error
// names the file and what to do, and what was recorded before is there afterwards.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import {
  createOrchestrator,
  defineExecutor,
  localEngine,
  systemClock,
  type Clock,
  type RunReport,
  type TaskDefinition,
} from '@muster/core'
import { checkSqlite, sqlite } from '@muster/stores/sqlite'
import { afterAll, describe, expect, test } from 'vitest'
import { errorOf } from './error-of.ts'

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'muster-surroundings-')))
let files = 0
const newFile = (): string => join(folder, `${String((files += 1))}.db`)
const scripted = { module: new URL('./fixtures/scripted-executor.ts', import.meta.url).href, options: {} }
const noop = defineExecutor('noop', () => undefined)
const chain = (length: number): readonly TaskDefinition[] =>
  Array.from({ length }, (_, at) => ({
    id: `task ${String(at)}`,
    kind: 'noop',
    dependsOn: at === 0 ? [] : [`task ${String(at - 1)}`],
  }))

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** Runs tasks and says how that ended. */
async function runOn(file: string, run: string, tasks: readonly TaskDefinition[] = chain(5)): Promise<RunReport> {
  const muster = createOrchestrator({ executors: [noop], store: sqlite({ path: file, busyTimeoutMs: 50 }) })
  try {
    return await muster.run({ run, tasks }).report
  } finally {
    await muster.close()
  }
}

async function readReport(file: string, run: string): Promise<RunReport> {
  const muster = createOrchestrator({ store: sqlite(file) })
  try {
    return await muster.report(run)
  } finally {
    await muster.close()
  }
}

/** A run whose owner died with one task still to be run. */
async function runHalf(file: string, tasks: readonly TaskDefinition[]): Promise<void> {
  const stopper = defineExecutor('noop', async (task, { signal }) => {
    if (task.id !== tasks.at(-1)?.id) return
    await new Promise((_, reject) => {
      signal.addEventListener('abort', () => {
        reject(new Error('stopped'))
      })
    })
  })
  const muster = createOrchestrator({ executors: [stopper], store: sqlite(file) })
  const run = muster.run({ run: 'half', tasks })
  run.on('attempt-started', ({ task }) => {
    if (task === tasks.at(-1)?.id) run.interrupt('test')
  })
  expect((await run.report).exit).toBe('interrupted')
  await muster.close()
}

async function resumeOn(file: string, run: string): Promise<RunReport> {
  const muster = createOrchestrator({ executors: [noop], store: sqlite(file) })
  try {
    return await muster.resume(run).report
  } finally {
    await muster.close()
  }
}

describe('a database', () => {
  test('that is none is refused by name and left as it is', async () => {
    const file = newFile()
    writeFileSync(file, 'This is a letter, not a database.\n'.repeat(500))
    const before = readFileSync(file)
    const error = await errorOf(() => runOn(file, 'a'))
    expect(error.code).toBe('STORE_CORRUPT')
    expect(error.expected).toContain(file)
    expect(readFileSync(file)).toEqual(before)
  })

  test('of another program is refused and left as it is', async () => {
    const file = newFile()
    const other = new DatabaseSync(file)
    other.exec('CREATE TABLE customers (name TEXT)')
    other.close()
    const error = await errorOf(() => runOn(file, 'a'))
    expect(error).toMatchObject({ code: 'STORE_FAILED', got: 'the database of another program' })
  })

  test('with a damaged row says which run and row, and keeps the other runs', async () => {
    const file = newFile()
    await runOn(file, 'sound')
    await runHalf(file, chain(5))
    const database = new DatabaseSync(file)
    database.exec(`UPDATE journal SET bytes = replace(bytes, 'passed', 'failed')
      WHERE position = (SELECT max(position) FROM journal WHERE bytes LIKE '%passed%')`)
    database.close()
    const error = await errorOf(() => resumeOn(file, 'half'))
    expect(error.code).toBe('STORE_CORRUPT')
    expect(error.message).toMatch(/row \d+ of run "half".*--repair/s)
    expect((await checkSqlite(file)).isSound).toBe(false)
    expect((await readReport(file, 'sound')).exit).toBe('passed')
    expect((await runOn(file, 'another')).exit).toBe('passed')
  })

  test('with pages overwritten is told to be damaged, and never crashes', async () => {
    const file = newFile()
    await runOn(file, 'a', chain(200))
    const bytes = readFileSync(file)
    bytes.fill(0x5a, 4096, bytes.length - 4096)
    writeFileSync(file, bytes)
    expect((await errorOf(() => readReport(file, 'a'))).code).toBe('STORE_CORRUPT')
    expect((await errorOf(() => runOn(file, 'b'))).code).toBe('STORE_CORRUPT')
  })

  test('that another program holds is named with the remedy, and free afterwards', async () => {
    const file = newFile()
    await runOn(file, 'a')
    const holder = new DatabaseSync(file)
    holder.exec('BEGIN IMMEDIATE')
    const error = await errorOf(() => runOn(file, 'b'))
    expect(error.code).toBe('STORE_LOCKED')
    expect(error.message).toContain(file)
    holder.exec('ROLLBACK')
    holder.close()
    expect((await runOn(file, 'c')).exit).toBe('passed')
    expect((await readReport(file, 'a')).exit).toBe('passed')
  })

  test('that may only be read can be read, and says what to do when it is to be written', async () => {
    const place = join(folder, 'read only')
    mkdirSync(place)
    const file = join(place, 'runs.db')
    await runOn(file, 'a')
    chmodSync(folder, 0o755)
    chmodSync(file, 0o444)
    chmodSync(place, 0o555)
    try {
      const { code, text } = await runAsNobody(file)
      expect(text).toContain('STORE_READ_ONLY')
      expect(text).toContain(file)
      expect(text).toContain('passed')
      expect(code).toBe(0)
    } finally {
      chmodSync(place, 0o755)
    }
  })

  test('by a newer version is refused, as a whole or row by row, and left as it is', async () => {
    const file = newFile()
    await runHalf(file, chain(3))
    const store = sqlite(file)
    const writer = await store.openJournal({ run: 'half', owner: 'the future', leaseMs: 1000 })
    const bytes = JSON.stringify({ version: 99, atMs: 1, wallMs: 1, entries: [] })
    await writer.append({ seq: writer.lastSeq + 1, bytes })
    await writer.close()
    await store.close()
    const row = await errorOf(() => resumeOn(file, 'half'))
    expect(row).toMatchObject({ code: 'STORE_TOO_NEW', got: 'version 99' })
    // Refused without a trace: another attempt finds nobody's lease in its way.
    expect((await errorOf(() => resumeOn(file, 'half'))).code).toBe('STORE_TOO_NEW')

    const database = new DatabaseSync(file)
    database.exec('PRAGMA user_version = 99')
    database.close()
    const { size } = statSync(file)
    const whole = await errorOf(() => runOn(file, 'b'))
    expect(whole.code).toBe('STORE_TOO_NEW')
    expect(whole.got).toContain('99')
    expect(statSync(file).size).toBe(size)
  })

  test('that runs full stops the run, keeps what was acknowledged, and goes on once there is space', async () => {
    const file = newFile()
    const started = new Map<string, number>()
    const big = defineExecutor('noop', ({ id }) => {
      started.set(id, (started.get(id) ?? 0) + 1)
      return 'x'.repeat(3000)
    })
    const acknowledged = new Set<string>()
    const small = createOrchestrator({ executors: [big], slots: 1, store: sqlite({ path: file, maxBytes: 400_000 }) })
    const run = small.run({ run: 'full', tasks: chain(200) })
    run.on('attempt-ended', ({ task }) => acknowledged.add(task))
    const error = await errorOf(() => run.report)
    expect(error.code).toBe('STORE_FULL')
    expect(error.message).toContain(file)
    await small.close()
    expect(acknowledged.size).toBeGreaterThan(10)
    expect(acknowledged.size).toBeLessThan(200)

    const kept = await readReport(file, 'full')
    const passed = new Set(kept.tasks.filter(({ verdict }) => verdict?.kind === 'passed').map(({ id }) => id))
    expect([...acknowledged].filter((id) => !passed.has(id))).toEqual([])

    const large = createOrchestrator({ executors: [big], slots: 1, store: sqlite(file) })
    const report = await large.resume('full').report
    await large.close()
    expect(report.totals).toMatchObject({ tasks: 200, passed: 200 })
    expect([...passed].filter((id) => started.get(id) !== 1)).toEqual([])
  })

  test('in a place where none can be, or without a run of that name', async () => {
    writeFileSync(join(folder, 'a file'), '')
    const error = await errorOf(() => runOn(join(folder, 'a file', 'runs.db'), 'a'))
    expect(error.code).toMatch(/^STORE_/)
    expect(error.message).toContain('a file')
    const file = newFile()
    await runOn(file, 'there')
    for (const ask of [resumeOn, readReport]) {
      const unknown = await errorOf(() => ask(file, 'thre'))
      expect(unknown.code).toBe('RUN_UNKNOWN')
      expect(unknown.message).toContain('thre')
    }
  })
})

/** Writes and reads a database as a user who may do little. */
async function runAsNobody(file: string): Promise<{ readonly code: number | null; readonly text: string }> {
  const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
  const script = fileURLToPath(new URL('./fixtures/write-and-read.ts', import.meta.url))
  const child = spawn(process.execPath, [script, file], { ...nobody, stdio: ['ignore', 'pipe', 'pipe'] })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => (text += bytes.toString()))
  await once(child, 'close')
  return { code: child.exitCode, text }
}

describe('a clock', () => {
  /** A clock whose wall time is set by an hour, one way and the other, with every look at it. */
  function jumping(): Clock {
    const clock = systemClock()
    let looks = 0
    return {
      now: () => clock.now(),
      wallNow: () => clock.wallNow() + ((looks += 1) % 2 === 0 ? 1 : -1) * 3_600_000,
      after: (delayMs, then) => clock.after(delayMs, then),
    }
  }

  test('that is set by an hour again and again changes no verdict and ends no lease', async () => {
    const file = newFile()
    let tries = 0
    const flaky = defineExecutor('noop', ({ id }) => {
      if (id === 'task 3' && (tries += 1) === 1) throw new Error('once')
    })
    const options = { executors: [flaky], store: sqlite(file), clock: jumping(), timeoutMs: 60_000 }
    const muster = createOrchestrator({ ...options, retry: { maxAttempts: 2, baseDelayMs: 1 } })
    const report = await muster.run({ run: 'jumps', tasks: chain(20) }).report
    await muster.close()
    expect(report.totals).toMatchObject({ passed: 19, flaky: 1 })
    const times = report.tasks.flatMap(({ attempts }) => attempts.map(({ launchedAtMs }) => launchedAtMs))
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(report.durationMs).toBeLessThan(3_600_000)
    expect((await readReport(file, 'jumps')).totals).toEqual(report.totals)
  })

  test('that leaps by an hour, as after a sleep of the machine, loses nothing', async () => {
    const clock = systemClock()
    let leapMs = 0
    const leaping: Clock = {
      ...clock,
      now: () => clock.now() + leapMs,
      wallNow: () => clock.wallNow() + leapMs,
      after: (ms, then) => clock.after(ms, then),
    }
    const sleeper = defineExecutor('noop', ({ id }) => {
      if (id === 'task 3') leapMs += 3_600_000
    })
    const muster = createOrchestrator({
      executors: [sleeper],
      store: sqlite(newFile()),
      clock: leaping,
      timeoutMs: 60_000,
    })
    const report = await muster.run({ tasks: chain(10) }).report
    expect(report.totals).toMatchObject({ tasks: 10, passed: 10 })
    expect(report.tasks.every(({ attempts }) => attempts.length === 1)).toBe(true)
    await muster.close()
  })
})

describe('worker processes', () => {
  const of = (does: string, timeoutMs?: number): TaskDefinition => ({
    id: does,
    kind: 'scripted',
    payload: { does },
    timeoutMs,
  })

  test('that hang, block, throw, end or print what is no text each get their verdict', async () => {
    const root = mkdtempSync(join(folder, 'root-'))
    const file = join(root, 'runs.db')
    const engine = localEngine({ executors: { scripted }, slots: 2, graceMs: 100 })
    const muster = createOrchestrator({ engines: [engine], store: sqlite(file), root })
    const tasks = [of('hang', 200), of('block', 200), of('throw'), of('exit'), of('print-binary'), of('pass')]
    const report = await muster.run({ run: 'bad', tasks }).report
    await muster.close()
    const found = Object.fromEntries(report.tasks.map(({ id, verdict }) => [id, verdict?.kind]))
    expect(found).toEqual({
      hang: 'timed-out',
      block: 'timed-out',
      throw: 'failed',
      exit: 'failed',
      'print-binary': 'passed',
      pass: 'passed',
    })
    const messages = report.tasks.map(({ attempts }) => {
      const ending = attempts.at(-1)?.ending
      return ending?.kind === 'ended' ? ending.outcome.failure?.message : undefined
    })
    expect(messages[2]).toContain('thrown by the task')
    expect(messages[3]).toContain('exit code 7')
    expect(await readReport(file, 'bad')).toEqual(report)
  })

  test('an executor that cannot be loaded fails its tasks by name', async () => {
    const root = mkdtempSync(join(folder, 'root-'))
    const missing = { module: new URL('./fixtures/no-such-executor.ts', import.meta.url).href, options: {} }
    const engine = localEngine({ executors: { scripted, missing }, slots: 1 })
    const muster = createOrchestrator({ engines: [engine], store: sqlite(newFile()), root })
    const report = await muster.run({ tasks: [{ id: 'a', kind: 'missing' }, of('pass')] }).report
    await muster.close()
    expect(report.tasks.map(({ verdict }) => verdict?.kind)).toEqual(['failed', 'passed'])
    expect(JSON.stringify(report.tasks[0])).toContain('no-such-executor')
  })

  test('in a folder with spaces and letters of many scripts', async () => {
    const root = join(folder, 'Ein Projekt mit Leerzeichen', 'проект 日本 😀 "quoted" \'n more')
    mkdirSync(root, { recursive: true })
    const engine = localEngine({ executors: { scripted }, slots: 2 })
    const muster = createOrchestrator({ engines: [engine], store: sqlite(join(root, 'läufe', 'runs.db')), root })
    const report = await muster.run({ run: 'weit weg', tasks: [of('pass'), of('throw')] }).report
    await muster.close()
    expect(report.tasks.map(({ verdict }) => verdict?.kind)).toEqual(['passed', 'failed'])
    const [passed] = report.tasks
    expect(passed?.attempts[0]?.ending).toMatchObject({ outcome: { output: root } })
    expect(await readReport(join(root, 'läufe', 'runs.db'), 'weit weg')).toEqual(report)
  })
})

describe('two runs in one folder and one file', () => {
  test('of two orchestrators, with processes, end each with its own verdicts', async () => {
    const root = mkdtempSync(join(folder, 'root-'))
    const file = join(root, 'runs.db')
    const runs = ['one', 'two'].map(async (run) => {
      const engine = localEngine({ executors: { scripted }, slots: 2 })
      const muster = createOrchestrator({ engines: [engine], store: sqlite(file), root })
      const tasks = Array.from({ length: 10 }, (_, at) => {
        const does = run === 'two' && at === 5 ? 'throw' : 'pass'
        return { id: `${run} ${String(at)}`, kind: 'scripted', payload: { does } }
      })
      const report = await muster.run({ run, tasks }).report
      await muster.close()
      return report
    })
    const [one, two] = await Promise.all(runs)
    expect(one?.totals).toMatchObject({ tasks: 10, passed: 10 })
    expect(two?.totals).toMatchObject({ tasks: 10, passed: 9, failed: 1 })
    expect(await readReport(file, 'one')).toEqual(one)
    expect(await readReport(file, 'two')).toEqual(two)
  })

  test('of one orchestrator do not meet, and an id is taken once', async () => {
    const file = newFile()
    const muster = createOrchestrator({ executors: [noop], store: sqlite(file) })
    const both = [muster.run({ run: 'one', tasks: chain(20) }), muster.run({ run: 'two', tasks: chain(30) })]
    const error = await errorOf(() => muster.run({ run: 'one', tasks: chain(1) }).report)
    expect(error.code).toBe('RUN_EXISTS')
    const reports = await Promise.all(both.map((run) => run.report))
    expect(reports.map(({ totals }) => totals.passed)).toEqual([20, 30])
    await muster.close()
  })
})
