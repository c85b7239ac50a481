// The store that everything ends in by default: one SQLite file, a thread that writes it, a connection that reads it.
import { resolve } from 'node:path'
import {
  invariant,
  MusterError,
  parseOptions,
  type Commit,
  type HistoryGuard,
  type HistoryRecord,
  type JournalRow,
  type JournalWriter,
  type OpenJournalRequest,
  type RunRecord,
  type Store,
} from '@muster/core'
import { sqliteOptions, type SqliteOptions } from '../sqlite-options.ts'
import type { ThreadSettings } from '../thread-messages.ts'
import { raising } from './raise-failure.ts'
import { ReaderDatabase } from './reader-database.ts'
import { StoreThread } from './store-thread.ts'

/**
 * A store in one SQLite file. What it acknowledges survives a crash of the process and a power cut; several processes may
 * use the file at once. Nothing is opened before it is needed, and reading makes no file.
 *
 * @example
 * ```ts
 * const store = sqlite('.muster/muster.db')
 * for (const { run, status } of await store.listRuns(10)) console.log(run, status)
 * await store.close()
 * ```
 */
export function sqlite(pathOrOptions: string | SqliteOptions): Store {
  const given = typeof pathOrOptions === 'string' ? { path: pathOrOptions } : pathOrOptions
  const options = parseOptions(sqliteOptions, given, 'sqlite options')
  const settings = { ...options, path: resolve(options.path) }
  return new SqliteStore(settings, new StoreThread(settings))
}

/** The store on a thread that is given, so that a test can kill it. */
export class SqliteStore implements Store {
  readonly name = 'sqlite'
  readonly #settings: ThreadSettings
  readonly #thread: StoreThread
  #reader: ReaderDatabase | undefined
  #closing: Promise<void> | undefined

  constructor(settings: ThreadSettings, thread: StoreThread) {
    this.#settings = settings
    this.#thread = thread
  }

  async createRun(run: {
    readonly run: string
    readonly name: string
    readonly createdAtWallMs: number
  }): Promise<void> {
    this.#checkOpen()
    await this.#thread.call({ kind: 'create-run', run: run.run, name: run.name, createdAtWallMs: run.createdAtWallMs })
  }

  async listRuns(limit: number = Infinity): Promise<readonly RunRecord[]> {
    return this.#read([], (reader) => reader.listRuns(limit))
  }

  async findRun(run: string): Promise<RunRecord | undefined> {
    return this.#read(undefined, (reader) => reader.findRun(run))
  }

  async openJournal({ run, owner, leaseMs, takeOver = false }: OpenJournalRequest): Promise<JournalWriter> {
    this.#checkOpen()
    const opened = await this.#thread.call({ kind: 'open-journal', run, owner, leaseMs, takeOver })
    invariant(opened.kind === 'opened', 'opening a journal answers with a journal')
    return new SqliteWriter(this.#thread, run, opened, () => {
      this.#checkOpen()
    })
  }

  async *readJournal(run: string, afterSeq: number = 0): AsyncGenerator<readonly JournalRow[], void, void> {
    for (let after = afterSeq; ;) {
      const rows = await this.#read(undefined, (reader) => reader.readRows(run, after))
      if (rows === undefined) {
        throw new MusterError('RUN_UNKNOWN', { expected: 'the id of a run in the store', got: JSON.stringify(run) })
      }
      const last = rows.at(-1)
      if (last === undefined) return
      yield rows
      after = last.seq
      // Reading blocks; between two batches everybody else has a turn.
      await new Promise((resume) => setImmediate(resume))
    }
  }

  async readDetails(run: string, name: string): Promise<string | undefined> {
    return this.#read(undefined, (reader) => reader.readDetails(run, name))
  }

  async deleteRuns(runs: readonly string[]): Promise<number> {
    this.#checkOpen()
    if (runs.length === 0) return 0
    const counted = await this.#thread.call({ kind: 'delete-runs', runs })
    invariant(counted.kind === 'counted', 'deleting runs answers with a number')
    return counted.count
  }

  async readHistory(keys: readonly string[] | { readonly prefix: string }): Promise<readonly HistoryRecord[]> {
    return this.#read([], (reader) => reader.readHistory(keys))
  }

  async foldHistory(run: string, records: readonly HistoryRecord[], guard?: HistoryGuard): Promise<boolean> {
    this.#checkOpen()
    const said = await this.#thread.call({ kind: 'fold-history', run, records, guard })
    invariant(said.kind === 'said', 'folding answers with yes or no')
    return said.yes
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    // The last connection to close writes the log back to the file, and a reader cannot.
    this.#reader?.close()
    this.#reader = undefined
    await this.#thread.close()
  }

  /** Reads, or gives `nothing` where there is no database yet. */
  async #read<Value>(nothing: Value, read: (reader: ReaderDatabase) => Value): Promise<Value> {
    this.#checkOpen()
    const reader = this.#reader ?? (await this.#openReader())
    return reader === undefined ? nothing : raising('read', this.#settings, () => read(reader))
  }

  async #openReader(): Promise<ReaderDatabase | undefined> {
    const { path, busyTimeoutMs } = this.#settings
    let opened = raising('open the database', this.#settings, () => ReaderDatabase.open(path, busyTimeoutMs))
    if (opened === 'outdated') {
      await this.#thread.call({ kind: 'prepare' })
      this.#checkOpen()
      opened = raising('open the database', this.#settings, () => ReaderDatabase.open(path, busyTimeoutMs))
    }
    if (typeof opened === 'string') return undefined
    if (this.#reader === undefined) this.#reader = opened
    // Another call was faster.
    else opened.close()
    return this.#reader
  }

  #checkOpen(): void {
    if (this.#closing === undefined) return
    throw new MusterError('STORE_CLOSED', { expected: 'an open store', got: `a closed one, of ${this.#settings.path}` })
  }
}

class SqliteWriter implements JournalWriter {
  readonly run: string
  readonly epoch: number
  readonly #thread: StoreThread
  readonly #writer: number
  readonly #checkStore: () => void
  #lastSeq: number
  #closing: Promise<void> | undefined

  constructor(
    thread: StoreThread,
    run: string,
    opened: { readonly writer: number; readonly epoch: number; readonly lastSeq: number },
    checkStore: () => void,
  ) {
    this.run = run
    this.epoch = opened.epoch
    this.#thread = thread
    this.#writer = opened.writer
    this.#checkStore = checkStore
    this.#lastSeq = opened.lastSeq
  }

  get lastSeq(): number {
    return this.#lastSeq
  }

  async append({ seq, bytes, details, status }: Commit): Promise<void> {
    this.#check()
    await this.#thread.append({ writer: this.#writer, seq, bytes, details, status })
    this.#lastSeq = Math.max(this.#lastSeq, seq)
  }

  async heartbeat(): Promise<void> {
    this.#check()
    await this.#thread.call({ kind: 'heartbeat', writer: this.#writer })
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    await this.#thread.call({ kind: 'close-journal', writer: this.#writer })
  }

  #check(): void {
    this.#checkStore()
    if (this.#closing === undefined) return
    throw new MusterError('STORE_CLOSED', { expected: `an open journal of run ${this.run}`, got: 'a closed one' })
  }
}
