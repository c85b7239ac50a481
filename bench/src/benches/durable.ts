// How many attempts a second become durable in the SQLite store, by attempts in flight: whole runs through the
// orchestrator and the in-process engine, whose attempts end at once. Beside it what the store alone takes in the same
// way (one row a step, holding what ended while the last commit was on its way and the launches that follow from it), and
// what one would write first.
import { closeSync, fdatasyncSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createOrchestrator, defineExecutor, type TaskDefinition } from '@muster/core'
import { sqlite } from '@muster/stores/sqlite'
import type { Bench, Figures } from '../bench.ts'
import { median } from '../measure.ts'
import { positiveNumber, wholeNumber } from '../read-number.ts'

export const bench: Bench = {
  name: 'durable',
  summary: 'attempts made durable a second: SQLite, write-ahead log, synchronous FULL',
  figures: {
    attempts_per_s: 'with 64 attempts in flight, median of the rounds',
    attempts_per_s_8: 'with 8 in flight',
    attempts_per_s_2: 'with 2 in flight',
  },
  options: { seconds: 'how long each round lasts; 2 unless given', rounds: 'rounds of each; 3 unless given' },
  run: async (context) => {
    const seconds = positiveNumber(context, 'seconds', 2)
    const rounds = wholeNumber(context, 'rounds', { fallback: 3 })
    // On the project's own disk: a temporary folder may be memory, which syncs for nothing.
    const folder = join(import.meta.dirname, '..', '..', '.muster', 'durable')
    const rates = new Map<string, number[]>()
    const syncs: number[] = []
    try {
      // Round by round, so that what else the disk is busy with slows everybody down alike.
      for (let round = 1; round <= rounds; round++) {
        for (const inFlight of levels) {
          for (const [contender, drive] of Object.entries(contenders)) {
            rmSync(folder, { recursive: true, force: true })
            mkdirSync(folder, { recursive: true })
            const rate = await drive(join(folder, 'durable.db'), inFlight, seconds * 1000)
            const key = `${contender}, ${inFlight} in flight`
            rates.set(key, [...(rates.get(key) ?? []), rate])
            context.progress(`round ${round}: ${key}: ${Math.round(rate)} attempts/s`)
          }
        }
        syncs.push(...syncTimes(join(folder, 'bare')))
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
    const figuresOf = (contender: string): Figures =>
      Object.fromEntries(
        levels.map((inFlight) => [
          inFlight === 64 ? 'attempts_per_s' : `attempts_per_s_${inFlight}`,
          Math.round(median(rates.get(`${contender}, ${inFlight} in flight`) ?? [])),
        ]),
      )
    const peers = Object.keys(contenders).filter((contender) => contender !== 'muster')
    const { bytes } = attemptsOf(64, 1, 0)
    return {
      figures: figuresOf('muster'),
      peers: Object.fromEntries(peers.map((peer) => [peer, figuresOf(peer)])),
      notes: [
        `in the store alone each attempt is ${Math.round(bytes.length / 64)} bytes of journal: its launch, its start and its end`,
        `a bare write of 16 KiB and its sync took ${median(syncs).toFixed(2)} ms (median) on this disk in the meantime`,
      ],
    }
  },
}

/** Attempts in flight at a time. */
const levels = [64, 8, 2] as const

/** Drives attempts through one kind of store for a while and says how many a second became durable. */
type Drive = (path: string, inFlight: number, forMs: number) => Promise<number>

const contenders: Readonly<Record<string, Drive>> = {
  /** Runs of tasks that do nothing, one after the other; from the first launch to the last end that is told. */
  muster: async (path, inFlight, forMs) => {
    const noop = defineExecutor('noop', async () => undefined)
    const muster = createOrchestrator({ executors: [noop], store: sqlite(path), slots: inFlight })
    const plan = await muster.plan({ tasks: noopTasks(tasksPerRun(inFlight)) })
    let attempts = 0
    let tookMs = 0
    for (let ran = 0; tookMs < forMs; ran++) {
      const run = muster.run({ run: `bench-${String(ran)}`, plan })
      let beganAt = 0
      let endedAt = 0
      run.on('attempt-launched', () => {
        if (beganAt === 0) beganAt = performance.now()
      })
      run.on('attempt-ended', () => {
        attempts += 1
        endedAt = performance.now()
      })
      const { exit } = await run.report
      if (exit !== 'passed') throw new Error(`Expected the run to pass, got ${exit}.`)
      tookMs += endedAt - beganAt
    }
    await muster.close()
    return attempts / (tookMs / 1000)
  },
  /** Through the port of the store, as the coordinator does it, without a coordinator. */
  'the store alone': async (path, inFlight, forMs) => {
    const store = sqlite(path)
    await store.createRun({ run: 'bench', name: 'durable', createdAtWallMs: Date.now() })
    const writer = await store.openJournal({ run: 'bench', owner: 'bench', leaseMs: 10_000 })
    let seq = 0
    const rate = await drive(inFlight, forMs, (bytes) => writer.append({ seq: ++seq, bytes }))
    await writer.close()
    const kept = await store.findRun('bench')
    await store.close()
    if (kept?.rows !== seq) throw new Error(`Expected ${seq} rows to be kept, got ${kept?.rows ?? 'no run'}.`)
    return rate
  },
  /** What one writes first: each attempt its own commit, on the main thread. */
  'a commit an attempt': async (path, inFlight, forMs) => {
    const { database, insert } = plainDatabase(path)
    let position = 0
    const rate = await drive(inFlight, forMs, async (_, attempts) => {
      for (const attempt of attempts) insert.run(++position, attempt)
    })
    database.close()
    return rate
  },
  /** The same rows as ours, on the main thread: nothing else runs while the disk syncs. */
  'a commit a step, blocking': async (path, inFlight, forMs) => {
    const { database, insert } = plainDatabase(path)
    let position = 0
    const rate = await drive(inFlight, forMs, async (bytes) => void insert.run(++position, bytes))
    database.close()
    return rate
  },
}

/** Long enough for a commit of its beginning not to count, short enough for several a round. */
function tasksPerRun(inFlight: number): number {
  return inFlight * 1000
}

function noopTasks(count: number): readonly TaskDefinition[] {
  return Array.from({ length: count }, (_, index) => ({ id: `task-${String(index)}`, kind: 'noop' }))
}

/** The loop: what the last commit launched has ended by the time it is durable, and goes into the next. */
async function drive(
  inFlight: number,
  forMs: number,
  append: (bytes: string, attempts: readonly string[]) => Promise<unknown>,
): Promise<number> {
  let attempts = 0
  const began = performance.now()
  let tookMs = 0
  while (tookMs < forMs) {
    const row = attemptsOf(inFlight, attempts, tookMs)
    await append(row.bytes, row.attempts)
    attempts += inFlight
    tookMs = performance.now() - began
  }
  return attempts / (tookMs / 1000)
}

/** One step: `count` attempts start and end, and as many are launched. */
function attemptsOf(
  count: number,
  first: number,
  atMs: number,
): { readonly bytes: string; readonly attempts: readonly string[] } {
  const attempts = Array.from({ length: count }, (_, index) => {
    const task = first + index
    return JSON.stringify([
      { kind: 'attempt-started', task, attempt: 1, atMs },
      { kind: 'attempt-ended', task, attempt: 1, atMs, status: 'passed', durationMs: 12.5, cpuMs: 9.25 },
      { kind: 'launch', task: task + count, attempt: 1, worker: index, atMs },
    ])
  })
  return { attempts, bytes: `[${attempts.join(',')}]` }
}

/** What one sync costs here, whoever asks for it. */
function syncTimes(path: string): readonly number[] {
  const file = openSync(path, 'w')
  const block = new Uint8Array(16_384)
  const times = Array.from({ length: 100 }, () => {
    const began = performance.now()
    writeSync(file, block)
    fdatasyncSync(file)
    return performance.now() - began
  })
  closeSync(file)
  return times
}

function plainDatabase(path: string): { database: DatabaseSync; insert: ReturnType<DatabaseSync['prepare']> } {
  const database = new DatabaseSync(path)
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  database.exec('CREATE TABLE journal (position INTEGER PRIMARY KEY, bytes TEXT NOT NULL) STRICT')
  return { database, insert: database.prepare('INSERT INTO journal VALUES (?, ?)') }
}
