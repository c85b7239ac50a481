// A connection of its own that only reads, on the caller's thread: a reader of the write-ahead log waits for nobody and
// holds up nobody, and nothing needs copying between threads.
import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite'
import type { HistoryRecord, JournalRow, RunOwner, RunRecord } from '@muster/core'
import { judgeOwner } from '../judge-owner.ts'
import { positionOf, seqOf } from '../journal-position.ts'
import { prefixEnd } from '../prefix-end.ts'
import { primaryCode, resultCode } from '../result-codes.ts'
import { schemaVersion } from '../schema-steps.ts'
import { detailsChecksum, rowChecksum } from './checksum.ts'
import { decodeDetails } from './encode-details.ts'
import { loadSqlite } from './load-sqlite.ts'
import { refuseFolder, versionOf } from './open-database.ts'
import { ownerOf } from './owner-of.ts'
import { Statements } from './statements.ts'
import { complaintOf, StoreTrouble } from './store-trouble.ts'
import { surroundings, thisProcess } from './this-machine.ts'

/** How much one batch of a journal holds at most. */
const rowsPerBatch = 1000
const charactersPerBatch = 1_000_000

type Row = Record<string, SQLOutputValue>

/** A connection that reads. Every call blocks, and none of them changes the file. */
export class ReaderDatabase {
  readonly #path: string
  readonly #database: DatabaseSync
  readonly #statements: Statements
  readonly #me = thisProcess()

  private constructor(path: string, database: DatabaseSync) {
    this.#path = path
    this.#database = database
    this.#statements = new Statements(database)
  }

  /** Opens what is there: `missing` where nothing is, `outdated` where a writer must bring it up to date first. */
  static open(path: string, busyTimeoutMs: number): ReaderDatabase | 'missing' | 'outdated' {
    if (!existsSync(path) || statSync(path).size === 0) return 'missing'
    refuseFolder(path)
    const database = openForReading(path)
    try {
      database.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`)
      const version = versionOf(database, path)
      if (version === schemaVersion) return new ReaderDatabase(path, database)
      database.close()
      return version === 0 ? 'missing' : 'outdated'
    } catch (error) {
      if (database.isOpen) database.close()
      throw error
    }
  }

  listRuns(limit: number): readonly RunRecord[] {
    const rows = this.#sql(`${selectRuns} ORDER BY created_at_wall_ms DESC, key DESC LIMIT ?`).all(
      Number.isFinite(limit) ? limit : -1,
    )
    return rows.map((row) => this.#record(row))
  }

  findRun(run: string): RunRecord | undefined {
    const row = this.#sql(`${selectRuns} WHERE run = ?`).get(run)
    return row === undefined ? undefined : this.#record(row)
  }

  /** The next rows after `afterSeq`, up to a batch; `undefined` where there is no such run. */
  readRows(run: string, afterSeq: number): readonly JournalRow[] | undefined {
    const key = this.#keyOf(run)
    if (key === undefined) return undefined
    const found = this.#sql(
      'SELECT position, epoch, bytes, crc FROM journal WHERE position > ? AND position < ? ORDER BY position LIMIT ?',
    ).iterate(positionOf(key, afterSeq), positionOf(key + 1, 0), rowsPerBatch)
    const rows: JournalRow[] = []
    let characters = 0
    for (const { position, epoch, bytes, crc } of found) {
      if (typeof position !== 'number' || typeof epoch !== 'number' || typeof bytes !== 'string') {
        throw this.#damaged(`a whole row in the journal of run ${JSON.stringify(run)}`, 'one with a part missing')
      }
      const seq = seqOf(position)
      const expectedSeq = afterSeq + rows.length + 1
      if (seq !== expectedSeq) {
        throw this.#damaged(`row ${expectedSeq} of run ${JSON.stringify(run)}`, `row ${seq} in its place`)
      }
      if (crc !== null && crc !== rowChecksum(seq, epoch, bytes)) {
        throw this.#damaged(`row ${seq} of run ${JSON.stringify(run)} as it was written`, 'another checksum')
      }
      rows.push({ seq, epoch, bytes })
      characters += bytes.length
      if (characters >= charactersPerBatch) break
    }
    return rows
  }

  readDetails(run: string, name: string): string | undefined {
    const key = this.#keyOf(run)
    if (key === undefined) return undefined
    const row = this.#sql('SELECT encoding, crc, bytes FROM details WHERE run = ? AND name = ?').get(key, name)
    if (row === undefined) return undefined
    const { encoding, crc, bytes } = row
    const isSound = bytes instanceof Uint8Array && (crc === null || crc === detailsChecksum(name, bytes))
    if (isSound) return decodeDetails(Number(encoding), bytes)
    const what = `details ${JSON.stringify(name)} of run ${JSON.stringify(run)} as they were written`
    throw this.#damaged(what, 'another checksum')
  }

  readHistory(keys: readonly string[] | { readonly prefix: string }): readonly HistoryRecord[] {
    if (!('prefix' in keys)) {
      const one = this.#sql('SELECT key, text FROM history WHERE key = ?')
      return keys.flatMap((key) => historyOf(one.all(key)))
    }
    const end = prefixEnd(keys.prefix)
    if (end === undefined) return historyOf(this.#sql('SELECT key, text FROM history WHERE key >= ?').all(keys.prefix))
    return historyOf(this.#sql('SELECT key, text FROM history WHERE key >= ? AND key < ?').all(keys.prefix, end))
  }

  close(): void {
    this.#statements.clear()
    this.#database.close()
  }

  #keyOf(run: string): number | undefined {
    const key = this.#sql('SELECT key FROM runs WHERE run = ?').get(run)?.['key']
    return typeof key === 'number' ? key : undefined
  }

  #record(row: Row): RunRecord {
    const { key, run, name, created_at_wall_ms, status, epoch } = row
    const last = this.#sql('SELECT max(position) AS last FROM journal WHERE position >= ? AND position < ?').get(
      positionOf(Number(key), 0),
      positionOf(Number(key) + 1, 0),
    )?.['last']
    if (status !== 'open' && status !== 'finished' && status !== 'interrupted') {
      throw this.#damaged(`a status of run ${JSON.stringify(run)} that is known`, JSON.stringify(status))
    }
    return {
      run: String(run),
      name: String(name),
      createdAtWallMs: Number(created_at_wall_ms),
      status,
      epoch: Number(epoch),
      rows: typeof last === 'number' ? seqOf(last) : 0,
      ...(typeof row['owner'] === 'string' ? { owner: this.#owner(row['owner'], row) } : {}),
    }
  }

  #owner(name: string, row: Row): RunOwner {
    const life = judgeOwner(ownerOf(row), surroundings(this.#me))
    return { name, isAlive: life !== 'dead', ...(life === 'stopped' ? { isStopped: true } : {}) }
  }

  #damaged(expected: string, got: string): StoreTrouble {
    const where = `${got} in ${this.#path}`
    return new StoreTrouble({ kind: 'misuse', code: 'STORE_CORRUPT', expected, got: where })
  }

  #sql(text: string): StatementSync {
    return this.#statements.of(text)
  }
}

const selectRuns = 'SELECT * FROM runs'

function historyOf(rows: readonly Row[]): readonly HistoryRecord[] {
  return rows.map(({ key, text }) => ({ key: String(key), text: String(text) }))
}

/** A log needs a writable folder beside it even to be read; where there is no log, the file alone will do. */
function openForReading(path: string): DatabaseSync {
  const { DatabaseSync } = loadSqlite()
  const database = new DatabaseSync(path, { readOnly: true })
  try {
    database.prepare('PRAGMA user_version').get()
    return database
  } catch (error) {
    database.close()
    const code = primaryCode(complaintOf(error).errcode)
    const isForbidden = code === resultCode.readOnly || code === resultCode.cannotOpen
    if (!isForbidden || isLogThere(path)) throw error
    const url = pathToFileURL(path)
    url.searchParams.set('immutable', '1')
    return new DatabaseSync(url, { readOnly: true })
  }
}

function isLogThere(path: string): boolean {
  try {
    const log = openSync(`${path}-wal`, 'r')
    try {
      return readSync(log, new Uint8Array(1)) > 0
    } finally {
      closeSync(log)
    }
  } catch {
    // There is none.
    return false
  }
}
