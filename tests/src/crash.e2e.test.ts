// Whoever is killed, the run comes to its end with the right verdicts, nothing that was acknowledged is lost or done twice,
// and no process of it lives on. Real processes, a real database; nothing here looks at a watch.
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createOrchestrator, localEngine, type Orchestrator, type Run, type TaskDefinition } from '@muster/core'
import { sqlite } from '@muster/stores/sqlite'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { isAlive } from './is-alive.ts'

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'muster-crash-')))
const scripted = { module: new URL('./fixtures/scripted-executor.ts', import.meta.url).href, options: {} }
let files = 0
const newFile = (): string => join(folder, `${String((files += 1))}.db`)

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

function isResult(value: unknown): value is { readonly figures: Readonly<Record<string, number>> } {
  return typeof value === 'object' && value !== null && 'figures' in value
}

describe('a coordinator that is killed again and again', () => {
  const bench = fileURLToPath(new URL('../../bench/src/run.ts', import.meta.url))

  async function figuresOf(...more: readonly string[]): Promise<Readonly<Record<string, number>>> {
    const args = [bench, 'crash', '--kill', 'coordinator', '--json', ...more]
    const { stdout } = await promisify(execFile)(process.execPath, args)
    const result: unknown = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')
    if (!isResult(result)) throw new Error(`Expected figures, got ${stdout}`)
    return result.figures
  }

  test('loses nothing, records nothing twice and repeats nothing, wherever in the step it was', async () => {
    const figures = await figuresOf('--tasks', '60', '--kills', '8', '--seed', '7')
    expect(figures).toMatchObject({ kills: 8, lost: 0, doubled: 0, repeated: 0, finished: 1 })
    expect(figures['kills_in_commit']).toBeGreaterThanOrEqual(3)
    if (process.platform === 'linux') expect(figures['alive_at_launch']).toBe(0)
  })

  test('is seen by the witness where the store breaks its promise', async () => {
    const early = await figuresOf('--tasks', '40', '--kills', '5', '--plant', 'ack-before-durable')
    expect(early['lost']).toBeGreaterThan(0)
    expect(early['repeated']).toBeGreaterThan(0)
    const forgetful = await figuresOf('--tasks', '40', '--kills', '5', '--plant', 'forget-journal-tail')
    expect(forgetful['doubled']).toBeGreaterThan(0)
  })
})

describe('two owners of one run', () => {
  let owner: ChildProcess | undefined

  afterEach(() => {
    owner?.kill('SIGKILL')
  })

  /** An owner in another process, with two attempts under way. */
  async function startOwner(
    file: string,
  ): Promise<{ readonly pids: readonly number[]; readonly words: AsyncIterator<string> }> {
    const script = fileURLToPath(new URL('./fixtures/crash-owner.ts', import.meta.url))
    const child = spawn(process.execPath, [script, file, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
    owner = child
    const words = createInterface(child.stdout)[Symbol.asyncIterator]()
    const pids = [...pidsIn(await next(words)), ...pidsIn(await next(words))]
    return { pids, words }
  }

  test('the living one keeps it, until it is taken over; then it stops, and nothing of it lives', async () => {
    const file = newFile()
    const { pids, words } = await startOwner(file)
    const muster = openLocal(file)
    await expect(muster.resume('owned').report).rejects.toMatchObject({ code: 'RUN_OWNED' })
    expect(pids.every(isAlive)).toBe(true)

    const report = await muster.resume('owned', { takeOver: true }).report
    expect(await next(words)).toBe('ended RUN_TAKEN_OVER')
    expect(await next(words)).toBe('closed')
    expect(report.tasks.map(({ verdict }) => verdict?.kind)).toEqual(['passed', 'passed', 'passed'])
    const [one] = report.tasks
    expect(one?.attempts.map(({ ending }) => ending)).toMatchObject([
      { kind: 'lost', cause: 'coordinator' },
      { kind: 'ended', outcome: { result: 'passed' } },
    ])
    await muster.close()
    expect(pids.filter(isAlive)).toEqual([])
    expect(processesOf('owned')).toEqual([])
  })

  test('one that finds itself taken over ends its children though nobody else does', async () => {
    const file = newFile()
    const { pids, words } = await startOwner(file)
    const store = sqlite(file)
    const writer = await store.openJournal({
      run: 'owned',
      owner: 'somebody far away',
      leaseMs: 60_000,
      takeOver: true,
    })
    expect(await next(words)).toBe('ended RUN_TAKEN_OVER')
    expect(pids.filter(isAlive)).toEqual([])
    // It wrote nothing more.
    const record = await store.findRun('owned')
    expect(record?.rows).toBe(writer.lastSeq)
    await writer.close()
    await store.close()
  })

  test('one that was killed leaves nobody who stands in the way', async () => {
    const file = newFile()
    const { pids } = await startOwner(file)
    owner?.kill('SIGKILL')
    if (owner !== undefined) await once(owner, 'exit')
    const muster = openLocal(file)
    const report = await muster.resume('owned').report
    expect(report.exit).toBe('passed')
    await muster.close()
    expect(pids.filter(isAlive)).toEqual([])
  })
})

describe('a worker that is killed', () => {
  test.each([
    ['its supervisor', 1, 'passed', 'lost'],
    ['its agent', 0, 'flaky', 'ended'],
  ] as const)('%s: the attempt is made again, and the others never notice', async (_, which, verdict, first) => {
    const muster = openLocal(newFile())
    const waits = { kind: 'scripted', payload: { does: 'say-pids' } }
    const others = Array.from({ length: 6 }, (_, at): TaskDefinition => ({
      id: `other ${String(at)}`,
      kind: 'scripted',
    }))
    const run = muster.run({
      run: `killed ${String(which)}`,
      tasks: [{ id: 'victim', ...waits }, ...others],
      retry: { maxAttempts: 2, baseDelayMs: 0 },
    })
    const pids = await firstPids(run)
    process.kill(pids[which] ?? 0, 'SIGKILL')
    const report = await run.report
    expect(report.tasks.map(({ verdict: found }) => found?.kind)).toEqual([verdict, ...others.map(() => 'passed')])
    expect(report.tasks[0]?.attempts.map(({ ending }) => ending.kind)).toEqual([first, 'ended'])
    await muster.close()
    expect(pids.filter(isAlive)).toEqual([])
    expect(processesOf(run.id)).toEqual([])
  })
})

function openLocal(file: string): Orchestrator {
  const engine = localEngine({ executors: { scripted }, slots: 2, graceMs: 200 })
  return createOrchestrator({ engines: [engine], store: sqlite(file), root: folder })
}

function firstPids(run: Run): Promise<readonly number[]> {
  return new Promise((resolve) => {
    run.on('attempt-output', ({ text }) => {
      resolve(pidsIn(text))
    })
  })
}

/** Agent and supervisor, as the executor said. */
function pidsIn(text: string): readonly number[] {
  return (/^pids (\d+) (\d+)/.exec(text) ?? []).slice(1).map(Number)
}

async function next(words: AsyncIterator<string>): Promise<string> {
  const result = await words.next()
  return result.done === true ? 'nothing more' : result.value
}

/** Living processes that carry the marker of a run; only Linux tells. */
function processesOf(run: string): readonly string[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false
    try {
      const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0')
      return environment.includes(`MUSTER_RUN=${run}`) && environment.includes(`MUSTER_ROOT=${folder}`)
    } catch {
      return false
    }
  })
}
