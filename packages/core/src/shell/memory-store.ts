// The store of tests, of simulations and of applications that need no memory beyond their own life. It keeps every promise
// of the port but one: it dies with the process.
import { invariant } from '../errors/invariant.ts'
import { MusterError } from '../errors/muster-error.ts'
import type { Clock } from '../ports/clock.ts'
import type {
  Commit,
  HistoryGuard,
  HistoryRecord,
  JournalRow,
  JournalWriter,
  OpenJournalRequest,
  RunRecord,
  Store,
} from '../ports/store.ts'
import { RowLog } from './row-log.ts'

/** What a memory store needs of its surroundings. */
export interface MemoryStoreOptions {
  /** Tells when a lease is over. @defaultValue the monotonic clock of the process */
  readonly clock?: Pick<Clock, 'now'> | undefined
}

/**
 * A store in memory, near free to append to. Rows are kept as UTF-8 outside the heap, so that a million attempts cost
 * little more than their bytes.
 *
 * @example
 * ```ts
 * const store = memoryStore()
 * await store.createRun({ run: 'r1', name: 'demo', createdAtWallMs: 0 })
 * const writer = await store.openJournal({ run: 'r1', owner: 'me', leaseMs: 10_000 })
 * await writer.append({ seq: writer.lastSeq + 1, bytes: '[]' })
 * ```
 */
export function memoryStore(options: MemoryStoreOptions = {}): Store {
  return new MemoryStore(options.clock ?? performance)
}

/** All that is known of one run. */
interface MemoryRun {
  readonly run: string
  readonly name: string
  readonly createdAtWallMs: number
  /** Tells runs of the same moment apart: later ones count as newer. */
  readonly order: number
  readonly log: RowLog
  readonly details: Map<string, string>
  status: RunRecord['status']
  epoch: number
  owner: { readonly name: string; readonly leaseMs: number; expiresAtMs: number } | undefined
}

const done: Promise<void> = Promise.resolve()
const rowsPerBatch = 1000
const charactersPerBatch = 1_000_000

class MemoryStore implements Store {
  readonly name = 'memory'
  readonly #clock: Pick<Clock, 'now'>
  readonly #runs = new Map<string, MemoryRun>()
  readonly #history = new Map<string, string>()
  readonly #folded = new Set<string>()
  #created = 0
  #isClosed = false

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock
  }

  async createRun(run: {
    readonly run: string
    readonly name: string
    readonly createdAtWallMs: number
  }): Promise<void> {
    this.#checkOpen()
    if (this.#runs.has(run.run)) {
      throw new MusterError('RUN_EXISTS', { expected: 'a run id that is not taken', got: JSON.stringify(run.run) })
    }
    this.#runs.set(run.run, {
      run: run.run,
      name: run.name,
      createdAtWallMs: run.createdAtWallMs,
      order: ++this.#created,
      log: new RowLog(),
      details: new Map(),
      status: 'open',
      epoch: 0,
      owner: undefined,
    })
  }

  async listRuns(limit: number = Infinity): Promise<readonly RunRecord[]> {
    this.#checkOpen()
    const newestFirst = [...this.#runs.values()].sort(
      (a, b) => b.createdAtWallMs - a.createdAtWallMs || b.order - a.order,
    )
    return newestFirst.slice(0, limit).map((run) => this.#recordOf(run))
  }

  async findRun(run: string): Promise<RunRecord | undefined> {
    this.#checkOpen()
    const found = this.#runs.get(run)
    return found === undefined ? undefined : this.#recordOf(found)
  }

  async openJournal(request: OpenJournalRequest): Promise<JournalWriter> {
    this.#checkOpen()
    const run = this.#known(request.run)
    if (run.owner !== undefined && this.#isAlive(run) && request.takeOver !== true) {
      throw new MusterError('RUN_OWNED', {
        expected: `run ${JSON.stringify(run.run)} to have no living owner`,
        got: `${run.owner.name}, who holds it for another ${Math.ceil(run.owner.expiresAtMs - this.#clock.now())} ms`,
      })
    }
    run.epoch += 1
    run.owner = {
      name: request.owner,
      leaseMs: request.leaseMs,
      expiresAtMs: this.#clock.now() + request.leaseMs,
    }
    return new MemoryWriter(run, this.#clock, () => this.#isClosed)
  }

  async *readJournal(run: string, afterSeq: number = 0): AsyncGenerator<readonly JournalRow[], void, void> {
    this.#checkOpen()
    const { log } = this.#known(run)
    let batch: JournalRow[] = []
    let characters = 0
    for (let seq = afterSeq + 1; seq <= log.length; seq++) {
      const bytes = log.textAt(seq)
      const epoch = log.epochAt(seq)
      invariant(bytes !== undefined && epoch !== undefined, 'each position up to the last has a row')
      batch.push({ seq, epoch, bytes })
      characters += bytes.length
      if (batch.length < rowsPerBatch && characters < charactersPerBatch) continue
      yield batch
      this.#checkOpen()
      batch = []
      characters = 0
    }
    if (batch.length > 0) yield batch
  }

  async readDetails(run: string, name: string): Promise<string | undefined> {
    this.#checkOpen()
    return this.#runs.get(run)?.details.get(name)
  }

  async deleteRuns(runs: readonly string[]): Promise<number> {
    this.#checkOpen()
    let gone = 0
    for (const id of runs) {
      const run = this.#runs.get(id)
      if (run === undefined || this.#isAlive(run)) continue
      // A writer that still believes in it must find that it is nobody's.
      run.epoch += 1
      run.owner = undefined
      this.#runs.delete(id)
      gone += 1
    }
    return gone
  }

  async readHistory(keys: readonly string[] | { readonly prefix: string }): Promise<readonly HistoryRecord[]> {
    this.#checkOpen()
    const wanted = 'prefix' in keys ? [...this.#history.keys()].filter((key) => key.startsWith(keys.prefix)) : keys
    return wanted.flatMap((key) => {
      const text = this.#history.get(key)
      return text === undefined ? [] : [{ key, text }]
    })
  }

  async foldHistory(run: string, records: readonly HistoryRecord[], guard?: HistoryGuard): Promise<boolean> {
    this.#checkOpen()
    if (this.#folded.has(run)) return false
    if (guard !== undefined && this.#history.get(guard.key) !== guard.text) return false
    this.#folded.add(run)
    for (const { key, text } of records) this.#history.set(key, text)
    return true
  }

  async close(): Promise<void> {
    this.#isClosed = true
    for (const run of this.#runs.values()) run.owner = undefined
  }

  #recordOf(of: MemoryRun): RunRecord {
    const { run, name, createdAtWallMs, status, epoch, log, owner } = of
    const known = owner === undefined ? {} : { owner: { name: owner.name, isAlive: this.#isAlive(of) } }
    return { run, name, createdAtWallMs, status, epoch, rows: log.length, ...known }
  }

  #isAlive(run: MemoryRun): boolean {
    return run.owner !== undefined && this.#clock.now() < run.owner.expiresAtMs
  }

  #known(run: string): MemoryRun {
    const found = this.#runs.get(run)
    if (found === undefined) {
      throw new MusterError('RUN_UNKNOWN', { expected: 'the id of a run in the store', got: JSON.stringify(run) })
    }
    return found
  }

  #checkOpen(): void {
    if (this.#isClosed) throw closedStore()
  }
}

class MemoryWriter implements JournalWriter {
  readonly run: string
  readonly epoch: number
  readonly #run: MemoryRun
  readonly #clock: Pick<Clock, 'now'>
  readonly #isStoreClosed: () => boolean
  #lastSeq: number
  #isClosed = false

  constructor(run: MemoryRun, clock: Pick<Clock, 'now'>, isStoreClosed: () => boolean) {
    this.run = run.run
    this.epoch = run.epoch
    this.#run = run
    this.#clock = clock
    this.#isStoreClosed = isStoreClosed
    this.#lastSeq = run.log.length
  }

  get lastSeq(): number {
    return this.#lastSeq
  }

  append(commit: Commit): Promise<void> {
    try {
      this.#check()
      this.#keep(commit)
      return done
    } catch (error) {
      return Promise.reject(error instanceof Error ? error : new Error(String(error)))
    }
  }

  async heartbeat(): Promise<void> {
    this.#check()
    if (this.#run.owner !== undefined) this.#run.owner.expiresAtMs = this.#clock.now() + this.#run.owner.leaseMs
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    if (this.#run.epoch !== this.epoch) throw takenOver(this.#run, this.epoch)
    this.#run.owner = undefined
  }

  #keep(commit: Commit): void {
    const { log, details } = this.#run
    if (commit.seq <= log.length) {
      const isSame = log.epochAt(commit.seq) === this.epoch && log.textAt(commit.seq) === commit.bytes
      invariant(isSame, `row ${commit.seq} of a journal is written once`)
      return
    }
    invariant(commit.seq === log.length + 1, `row ${commit.seq} follows row ${log.length} without a gap`)
    log.push(this.epoch, commit.bytes)
    this.#lastSeq = commit.seq
    for (const { name, text } of commit.details ?? []) if (!details.has(name)) details.set(name, text)
    if (commit.status !== undefined) this.#run.status = commit.status
  }

  #check(): void {
    if (this.#run.epoch !== this.epoch) throw takenOver(this.#run, this.epoch)
    if (this.#isStoreClosed()) throw closedStore()
    if (this.#isClosed) throw new MusterError('STORE_CLOSED', { expected: 'an open journal', got: 'a closed one' })
  }
}

function closedStore(): MusterError {
  return new MusterError('STORE_CLOSED', { expected: 'an open store', got: 'a closed one' })
}

function takenOver(run: MemoryRun, epoch: number): MusterError {
  return new MusterError('RUN_TAKEN_OVER', {
    expected: `epoch ${epoch} to be the last of run ${JSON.stringify(run.run)}`,
    got: `epoch ${run.epoch}`,
  })
}
