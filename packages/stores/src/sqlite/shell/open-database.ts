// Opens a database file for writing and brings it to today's schema, or refuses it without having touched it: a file of
// another program, of a newer version, or one that is not a database at all.
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { primaryCode, resultCode } from '../result-codes.ts'
import { applicationId, schemaSteps, schemaVersion } from '../schema-steps.ts'
import type { ThreadSettings } from '../thread-messages.ts'
import { loadSqlite } from './load-sqlite.ts'
import { complaintOf, StoreTrouble } from './store-trouble.ts'

/** The log is written back to the file after this many pages of 4 KB; more saves no time and makes the longest wait longer. */
const checkpointPages = 1000
/** Pages kept in memory, in KB. */
const cacheKilobytes = 8000
/** What the log may keep of the disk once it has been written back, in bytes. */
const logBytes = 64 << 20
const pageBytes = 4096
/** Pause between two tries to switch to the log, in milliseconds. */
const tryAgainMs = 5

/** The database at a path, made where there is none, at today's schema; throws a `StoreTrouble` or what SQLite throws. */
export function openDatabase({ path, busyTimeoutMs, maxBytes }: ThreadSettings): DatabaseSync {
  makeFolder(dirname(path))
  refuseFolder(path)
  const { DatabaseSync } = loadSqlite()
  const database = new DatabaseSync(path)
  try {
    database.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`)
    const found = versionOf(database, path)
    useLog(database, path, busyTimeoutMs)
    database.exec(
      `PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = ${checkpointPages}; ` +
        `PRAGMA journal_size_limit = ${logBytes}; PRAGMA cache_size = -${cacheKilobytes}`,
    )
    if (found < schemaVersion) migrate(database, path)
    if (maxBytes < 2 ** 44) database.exec(`PRAGMA max_page_count = ${Math.ceil(maxBytes / pageBytes)}`)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** SQLite says no more of a folder than that it cannot be opened. */
export function refuseFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return
  throw new StoreTrouble({
    kind: 'misuse',
    code: 'STORE_FAILED',
    expected: `${path} to be the file of a database`,
    got: 'a folder',
    remedy: `Name a file, such as ${join(path, 'muster.db')}.`,
  })
}

/** The schema version of a database, 0 where it is still empty; throws where it is not ours or newer than we are. */
export function versionOf(database: DatabaseSync, path: string): number {
  const application = numberFrom(database, 'PRAGMA application_id', 'application_id')
  const version = numberFrom(database, 'PRAGMA user_version', 'user_version')
  const tables = numberFrom(database, 'SELECT count(*) AS tables FROM sqlite_schema', 'tables')
  if (application === 0 && version === 0 && tables === 0) return 0
  if (application !== applicationId) {
    throw new StoreTrouble({
      kind: 'misuse',
      code: 'STORE_FAILED',
      expected: `${path} to be a database of Muster`,
      got: 'the database of another program',
      remedy: 'Choose another file; this one was left as it is.',
    })
  }
  if (version > schemaVersion) {
    throw new StoreTrouble({
      kind: 'misuse',
      code: 'STORE_TOO_NEW',
      expected: `a database of version ${schemaVersion} or older in ${path}`,
      got: `version ${version}`,
    })
  }
  return version
}

/** Walks the steps that are missing, all in one transaction: a crash leaves the old version, whole. */
export function migrate(database: DatabaseSync, path: string, upTo: number = schemaVersion): void {
  database.exec('BEGIN IMMEDIATE')
  try {
    // Another process may have been here while we waited.
    const found = versionOf(database, path)
    for (const { sql } of schemaSteps.slice(found, upTo)) database.exec(sql)
    if (found < upTo) database.exec(`PRAGMA user_version = ${upTo}`)
    database.exec('COMMIT')
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}

function numberFrom(database: DatabaseSync, sql: string, column: string): number {
  const value = database.prepare(sql).get()?.[column]
  return typeof value === 'number' ? value : 0
}

/** Switches to the write-ahead log. SQLite does not wait for others by itself when it does this. */
function useLog(database: DatabaseSync, path: string, busyTimeoutMs: number): void {
  const deadline = performance.now() + busyTimeoutMs
  for (;;) {
    try {
      const mode = database.prepare('PRAGMA journal_mode = WAL').get()?.['journal_mode']
      if (mode === 'wal') return
      throw new StoreTrouble({
        kind: 'misuse',
        code: 'STORE_FAILED',
        expected: `a file system with shared memory under ${path}`,
        got: `one where SQLite can only use its "${String(mode)}" mode`,
        remedy: 'Keep the database on a local disk.',
      })
    } catch (error) {
      const isBusy = primaryCode(complaintOf(error).errcode) === resultCode.busy
      if (!isBusy || performance.now() >= deadline) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, tryAgainMs)
    }
  }
}

/**
 * A folder that a power cut takes away would take the database with it, so the parent is synced too. One step at a time from
 * the nearest that is there: asked for all at once, Node tries for ever where nobody can make any, as below /proc.
 */
function makeFolder(folder: string): void {
  const missing: string[] = []
  for (let at = folder; !existsSync(at) && dirname(at) !== at; at = dirname(at)) missing.unshift(at)
  const [first] = missing
  if (first === undefined) return
  for (const each of missing) makeOne(each)
  if (process.platform === 'win32') return
  const parent = openSync(dirname(first), 'r')
  try {
    fsyncSync(parent)
  } finally {
    closeSync(parent)
  }
}

function makeOne(folder: string): void {
  try {
    mkdirSync(folder)
  } catch (error) {
    const { code, message } = complaintOf(error)
    // Another process may have made it in the meantime.
    if (code === 'EEXIST' && existsSync(folder)) return
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error
    throw new StoreTrouble({
      kind: 'misuse',
      code: 'STORE_FAILED',
      expected: `the folder ${folder} of the database to be there, or to be made`,
      got: message,
      remedy: 'Choose another file with --store.',
    })
  }
}
