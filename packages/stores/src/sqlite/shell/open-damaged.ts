// Opens what may be damaged, for a repair. Only a copy is ever opened: SQLite writes to what it opens, and a second try must
// find the first one's evidence.
import { closeSync, copyFileSync, existsSync, fstatSync, openSync, readSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import type { StoreFailure } from '../store-failure.ts'
import { loadSqlite } from './load-sqlite.ts'
import { migrate, versionOf } from './open-database.ts'
import { failureFrom, StoreTrouble } from './store-trouble.ts'

/** A damaged database that can be asked, as far as it goes. */
export interface DamagedCopy {
  readonly database: DatabaseSync
  readonly version: number
}

/**
 * Copies the database at `path` into `folder` and opens the copy: as it is, or with the first page of a new database where its
 * own is past reading. Throws where it is no database of Muster.
 */
export function openDamaged(path: string, folder: string): DamagedCopy {
  const copy = copyInto(folder, path)
  const asItIs = openIfOurs(copy, path)
  if (asItIs !== undefined) return asItIs
  transplantFirstPage(copy, join(folder, 'template.db'))
  const transplanted = openIfOurs(copy, path)
  if (transplanted === undefined) throw new StoreTrouble(noDatabase(path))
  return transplanted
}

/** Says that nothing can be saved of the file at `path`. */
export function noDatabase(path: string): StoreFailure {
  return {
    kind: 'misuse',
    code: 'STORE_CORRUPT',
    expected: `${path} to be a database of Muster`,
    got: 'something of which nothing can be saved',
    remedy: 'Name another file; this one was left as it is.',
  }
}

function copyInto(folder: string, path: string): string {
  const copy = join(folder, 'damaged.db')
  copyFileSync(path, copy)
  if (existsSync(`${path}-wal`)) copyFileSync(`${path}-wal`, `${copy}-wal`)
  return copy
}

/** Nothing where its first page cannot be read; throws where it is another program's, or newer than we are. */
function openIfOurs(copy: string, path: string): DamagedCopy | undefined {
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
    // Not even its schema can be read.
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
