// The way out of a damaged database: everything that can still be read goes into a new file, and what cannot is named. The
// damaged file is only copied, never opened, so that nothing is made worse.
import {
  closeSync,
  copyFileSync,
  existsSync,
  fstatSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite'
import { MusterError } from '@muster/core'
import { positionOf, runKeyOf, seqOf } from '../journal-position.ts'
import type { StoreFailure } from '../store-failure.ts'
import { detailsChecksum, rowChecksum } from './checksum.ts'
import { decodeDetails, encodeDetails } from './encode-details.ts'
import { loadSqlite } from './load-sqlite.ts'
import { migrate, openDatabase, refuseFolder, versionOf } from './open-database.ts'
import { raising } from './raise-failure.ts'
import { failureFrom, StoreTrouble } from './store-trouble.ts'

/** What became of one run. */
export interface RunRepair {
  readonly run: string
  /** Rows in the new file: all up to the first that could not be read. */
  readonly rows: number
  /** Rows that had to be left out; `undefined` where they could not even be counted. */
  readonly lostRows: number | undefined
  readonly details: number
}

/** What a repair saved and what it lost. */
export interface RepairReport {
  /** The new file. */
  readonly into: string
  readonly runs: readonly RunRepair[]
  /** History records saved. */
  readonly history: number
  /** What could not be read, one sentence each; empty where all was saved. */
  readonly lost: readonly string[]
}

type Row = Record<string, SQLOutputValue>

/**
 * Saves all that can be read of a database into the new file `into`. A journal is saved up to its first damaged row, since
 * the rows after a gap mean nothing without it; a run that ends early can be resumed from there. Where nothing can be saved,
 * because it is no database of Muster, it rejects and leaves no file behind.
 *
 * @example
 * ```ts
 * const { runs, lost } = await repairSqlite('.muster/muster.db', { into: '.muster/repaired.db' })
 * ```
 */
export async function repairSqlite(path: string, options: { readonly into: string }): Promise<RepairReport> {
  const from = { path: resolve(path), busyTimeoutMs: 5000 }
  const into = { path: resolve(options.into), busyTimeoutMs: 5000, maxBytes: Number.MAX_SAFE_INTEGER }
  const remedy = 'Name another file.'
  if (!existsSync(from.path)) {
    throw new MusterError('STORE_FAILED', { expected: `a database at ${from.path}`, got: 'no file', remedy })
  }
  if (existsSync(into.path)) {
    throw new MusterError('STORE_FAILED', { expected: `no file at ${into.path} yet`, got: 'one', remedy })
  }
  return raising('repair the database', into, () => {
    refuseFolder(from.path)
    const target = openDatabase(into)
    const folder = mkdtempSync(join(dirname(into.path), 'repair-'))
    let report: RepairReport | undefined
    try {
      const copy = copyInto(folder, from.path)
      report = salvage(openCopy(copy, folder, from.path), target, into.path)
      if (isNothing(report)) throw new StoreTrouble(noDatabase(from.path))
      return report
    } finally {
      target.close()
      rmSync(folder, { recursive: true, force: true })
      if (report === undefined || isNothing(report)) removeDatabase(into.path)
    }
  })
}

/** Nothing was saved, and that is not because nothing was there. */
function isNothing({ runs, history, lost }: RepairReport): boolean {
  return runs.length === 0 && history === 0 && lost.length > 0
}

function noDatabase(path: string): StoreFailure {
  return {
    kind: 'misuse',
    code: 'STORE_CORRUPT',
    expected: `${path} to be a database of Muster`,
    got: 'something of which nothing can be saved',
    remedy: 'Name another file; this one was left as it is.',
  }
}

/** A new file in which nothing is would look like a repaired one. */
function removeDatabase(path: string): void {
  for (const end of ['', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true })
}

function copyInto(folder: string, path: string): string {
  const copy = join(folder, 'damaged.db')
  copyFileSync(path, copy)
  if (existsSync(`${path}-wal`)) copyFileSync(`${path}-wal`, `${copy}-wal`)
  return copy
}

interface Source {
  readonly database: DatabaseSync
  readonly version: number
}

/** Opens the copy as it is, or with the first page of a new database where its own is past reading. */
function openCopy(copy: string, folder: string, path: string): Source {
  const asItIs = openIfOurs(copy, path)
  if (asItIs !== undefined) return asItIs
  transplantFirstPage(copy, join(folder, 'template.db'))
  const transplanted = openIfOurs(copy, path)
  if (transplanted === undefined) throw new StoreTrouble(noDatabase(path))
  return transplanted
}

/** Nothing where its first page cannot be read; throws where it is another program's, or newer than we are. */
function openIfOurs(copy: string, path: string): Source | undefined {
  const { DatabaseSync } = loadSqlite()
  const database = new DatabaseSync(copy)
  try {
    const version = versionOf(database, path)
    if (version > 0) return { database, version }
  } catch (error) {
    const failure = failureFrom(error, 'read the database', { path: copy, busyTimeoutMs: 0 })
    const isDamage = failure.kind === 'misuse' && failure.code === 'STORE_CORRUPT'
    if (!isDamage && !holdsJournals(database)) {
      database.close()
      throw error
    }
  }
  database.close()
  return undefined
}

/** Whether it has the tables of ours, whatever its first bytes say. */
function holdsJournals(database: DatabaseSync): boolean {
  try {
    const sql = `SELECT count(*) AS tables FROM sqlite_schema WHERE name IN ('runs', 'journal')`
    return database.prepare(sql).get()?.['tables'] === 2
  } catch {
    return false
  }
}

/**
 * All databases made by one version begin with the same page, but for the number of pages and the list of free ones. It
 * holds where each table begins, so it is worth more than any other.
 */
function transplantFirstPage(copy: string, template: string): void {
  const { DatabaseSync } = loadSqlite()
  const fresh = new DatabaseSync(template)
  migrate(fresh, template)
  fresh.close()
  const page = Buffer.alloc(4096)
  const source = openSync(template, 'r')
  readSync(source, page, 0, page.length, 0)
  closeSync(source)
  const target = openSync(copy, 'r+')
  page.writeUInt32BE(Math.floor(fstatSync(target).size / page.length), 28)
  page.writeUInt32BE(0, 32)
  page.writeUInt32BE(0, 36)
  writeSync(target, page, 0, page.length, 0)
  closeSync(target)
}

function salvage({ database, version }: Source, target: DatabaseSync, into: string): RepairReport {
  const lost: string[] = []
  try {
    target.exec('PRAGMA synchronous = NORMAL')
    const runs = salvageRuns(database, lost).map((run) =>
      inTransaction(target, () => salvageRun(database, version, target, run, lost)),
    )
    const history = version >= 2 ? inTransaction(target, () => salvageHistory(database, target, lost)) : 0
    target.exec('PRAGMA synchronous = FULL; PRAGMA wal_checkpoint(TRUNCATE)')
    return { into, runs, history, lost }
  } finally {
    database.close()
  }
}

interface FoundRun {
  readonly key: number
  readonly run: string
  readonly values: readonly SQLInputValue[]
}

/** The runs in the table of runs, and those that only their rows still speak of. */
function salvageRuns(database: DatabaseSync, lost: string[]): readonly FoundRun[] {
  const select = 'SELECT key, run, name, created_at_wall_ms, status, epoch FROM runs'
  const found = new Map<number, FoundRun>()
  const isWhole = readBothWays(database, `${select} ORDER BY key`, [], (row) => {
    const key = Number(row['key'])
    if (found.has(key)) return
    const status = ['open', 'finished', 'interrupted'].includes(String(row['status'])) ? row['status'] : 'interrupted'
    const values = [row['name'] ?? '', Number(row['created_at_wall_ms']), status ?? 'interrupted', Number(row['epoch'])]
    found.set(key, { key, run: String(row['run']), values })
  })
  if (!isWhole) lost.push('some of the table of runs; their names are lost, their rows may be saved under another')
  for (const key of keysInJournal(database)) {
    if (!found.has(key)) found.set(key, { key, run: `recovered-${key}`, values: ['recovered', 0, 'interrupted', 1] })
  }
  return [...found.values()].sort((a, b) => a.key - b.key)
}

function keysInJournal(database: DatabaseSync): readonly number[] {
  const keys: number[] = []
  try {
    const next = database.prepare('SELECT position FROM journal WHERE position >= ? ORDER BY position LIMIT 1')
    for (let row = next.get(0); row !== undefined; row = next.get(positionOf((keys.at(-1) ?? 0) + 1, 0))) {
      keys.push(runKeyOf(Number(row['position'])))
    }
  } catch {
    // Those found so far are better than none.
  }
  return keys
}

function salvageRun(
  database: DatabaseSync,
  version: number,
  target: DatabaseSync,
  { key, run, values }: FoundRun,
  lost: string[],
): RunRepair {
  const [name = '', createdAtWallMs = 0, status = 'interrupted', epoch = 1] = values
  target
    .prepare('INSERT INTO runs (key, run, name, created_at_wall_ms, status, epoch) VALUES (?, ?, ?, ?, ?, ?)')
    .run(key, run, name, createdAtWallMs, status, epoch)
  const { rows, lostRows } = salvageRows(database, version, target, key)
  if (lostRows !== 0) lost.push(`run ${run}: ${lostRows ?? 'an unknown number of'} rows after row ${rows}`)
  let details = 0
  let lostDetails = 0
  const columns = version >= 3 ? 'name, encoding, crc, bytes' : 'name, 0 AS encoding, NULL AS crc, text AS bytes'
  const insert = target.prepare(
    'INSERT INTO details (run, name, encoding, crc, bytes) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  )
  const isWhole = readBothWays(database, `SELECT ${columns} FROM details WHERE run = ? ORDER BY name`, [key], (row) => {
    const text = detailsIn(row)
    if (text === undefined) {
      lostDetails += 1
      return
    }
    const { encoding, bytes } = encodeDetails(text)
    const named = String(row['name'])
    if (insert.run(key, named, encoding, detailsChecksum(named, bytes), bytes).changes === 1) details += 1
  })
  if (!isWhole || lostDetails > 0) lost.push(`run ${run}: some of its details`)
  return { run, rows, lostRows, details }
}

function salvageRows(
  database: DatabaseSync,
  version: number,
  target: DatabaseSync,
  key: number,
): { readonly rows: number; readonly lostRows: number | undefined } {
  const crc = version >= 3 ? 'crc' : 'NULL AS crc'
  const range = 'FROM journal WHERE position > ? AND position < ?'
  const [from, to] = [positionOf(key, 0), positionOf(key + 1, 0)]
  const insert = target.prepare('INSERT INTO journal (position, epoch, bytes, crc) VALUES (?, ?, ?, ?)')
  let rows = 0
  try {
    const sql = `SELECT position, epoch, bytes, ${crc} ${range} ORDER BY position`
    for (const { position, epoch, bytes, crc: checksum } of database.prepare(sql).iterate(from, to)) {
      const isNext = typeof position === 'number' && seqOf(position) === rows + 1
      if (!isNext || typeof epoch !== 'number' || typeof bytes !== 'string') break
      const expected = rowChecksum(rows + 1, epoch, bytes)
      if (checksum !== null && checksum !== expected) break
      insert.run(position, epoch, bytes, expected)
      rows += 1
    }
  } catch (error) {
    rethrowUnlessDamage(error)
  }
  try {
    const last = database.prepare(`SELECT max(position) AS last ${range}`).get(from, to)?.['last']
    return { rows, lostRows: typeof last === 'number' ? Math.max(0, seqOf(last) - rows) : rows === 0 ? 0 : undefined }
  } catch {
    return { rows, lostRows: undefined }
  }
}

function salvageHistory(database: DatabaseSync, target: DatabaseSync, lost: string[]): number {
  let history = 0
  const keep = target.prepare('INSERT INTO history (key, text) VALUES (?, ?) ON CONFLICT DO NOTHING')
  const isWhole = readBothWays(database, 'SELECT key, text FROM history ORDER BY key', [], ({ key, text }) => {
    if (keep.run(String(key), String(text)).changes === 1) history += 1
  })
  if (!isWhole) lost.push('some of the history')
  const mark = target.prepare('INSERT INTO folded (run) VALUES (?) ON CONFLICT DO NOTHING')
  const isFoldedWhole = readBothWays(database, 'SELECT run FROM folded ORDER BY run', [], ({ run }) => {
    mark.run(String(run))
  })
  if (!isFoldedWhole) lost.push('some of the list of runs that are in the history; they must not be folded in again')
  return history
}

/** Reads rows forwards up to the damage, then backwards up to it from the other side; says whether there was none. */
function readBothWays(
  database: DatabaseSync,
  sql: string,
  values: readonly SQLInputValue[],
  take: (row: Row) => void,
): boolean {
  let isWhole = true
  for (const order of ['', ' DESC']) {
    try {
      for (const row of database.prepare(sql + order).iterate(...values)) take(row)
      return isWhole
    } catch (error) {
      rethrowUnlessDamage(error)
      isWhole = false
    }
  }
  return isWhole
}

/** The text of details, or `undefined` where they are not what was written. */
function detailsIn({ name, encoding, crc, bytes }: Row): string | undefined {
  if (typeof bytes === 'string') return bytes
  if (!(bytes instanceof Uint8Array)) return undefined
  if (crc !== null && crc !== detailsChecksum(String(name), bytes)) return undefined
  try {
    return decodeDetails(Number(encoding), bytes)
  } catch {
    return undefined
  }
}

function rethrowUnlessDamage(error: unknown): void {
  const failure = failureFrom(error, 'read', { path: '', busyTimeoutMs: 0 })
  if (failure.kind === 'misuse' && failure.code === 'STORE_CORRUPT') return
  // A damaged page may also look like a statement that cannot be: no such table, no such column.
  if (failure.kind === 'misuse' && failure.code === 'STORE_FAILED') return
  throw error
}

function inTransaction<Value>(database: DatabaseSync, body: () => Value): Value {
  database.exec('BEGIN IMMEDIATE')
  const value = body()
  database.exec('COMMIT')
  return value
}
