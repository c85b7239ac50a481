// Reads what can still be read of a damaged database, forwards and backwards from the damage, and writes it into a new one.
// What is lost is named: a journal ends at its first damaged row, since the rows after a gap mean nothing without it.
import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite'
import { positionOf, runKeyOf, seqOf } from '../journal-position.ts'
import type { RepairReport, RunRepair } from '../repair-report.ts'
import { detailsChecksum, rowChecksum } from './checksum.ts'
import { decodeDetails, encodeDetails } from './encode-details.ts'
import type { DamagedCopy } from './open-damaged.ts'
import { failureFrom } from './store-trouble.ts'

type Row = Record<string, SQLOutputValue>

interface Salvage extends DamagedCopy {
  readonly target: DatabaseSync
  /** What could not be read, one sentence each. */
  readonly lost: string[]
}

/** Writes all that can be read of a damaged database into a new one. */
export function salvage({ database, version }: DamagedCopy, target: DatabaseSync): Omit<RepairReport, 'into'> {
  const salvaging: Salvage = { database, version, target, lost: [] }
  target.exec('PRAGMA synchronous = NORMAL')
  const runs = findRuns(salvaging).map((run) => inTransaction(target, () => salvageRun(salvaging, run)))
  const history = version >= 2 ? inTransaction(target, () => salvageHistory(salvaging)) : 0
  target.exec('PRAGMA synchronous = FULL; PRAGMA wal_checkpoint(TRUNCATE)')
  return { runs, history, lost: salvaging.lost }
}

interface FoundRun {
  readonly key: number
  readonly run: string
  readonly values: readonly SQLInputValue[]
}

/** The runs in the table of runs, and those that only their rows still speak of. */
function findRuns({ database, lost }: Salvage): readonly FoundRun[] {
  const select = 'SELECT key, run, name, created_at_wall_ms, status, epoch FROM runs'
  const found = new Map<number, FoundRun>()
  const isWhole = readBothWays(database, { sql: `${select} ORDER BY key` }, (row) => {
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
  return Array.from(found.values()).toSorted((a, b) => a.key - b.key)
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

function salvageRun(salvaging: Salvage, { key, run, values }: FoundRun): RunRepair {
  const { target, lost } = salvaging
  const [name = '', createdAtWallMs = 0, status = 'interrupted', epoch = 1] = values
  target
    .prepare('INSERT INTO runs (key, run, name, created_at_wall_ms, status, epoch) VALUES (?, ?, ?, ?, ?, ?)')
    .run(key, run, name, createdAtWallMs, status, epoch)
  const { rows, lostRows } = salvageRows(salvaging, key)
  if (lostRows !== 0) lost.push(`run ${run}: ${lostRows ?? 'an unknown number of'} rows after row ${rows}`)
  const { details, isWhole } = salvageDetails(salvaging, key)
  if (!isWhole) lost.push(`run ${run}: some of its details`)
  return { run, rows, lostRows, details }
}

function salvageDetails(
  { database, version, target }: Salvage,
  key: number,
): { readonly details: number; readonly isWhole: boolean } {
  let details = 0
  let isEachSound = true
  const columns = version >= 3 ? 'name, encoding, crc, bytes' : 'name, 0 AS encoding, NULL AS crc, text AS bytes'
  const insert = target.prepare(
    'INSERT INTO details (run, name, encoding, crc, bytes) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  )
  const sql = `SELECT ${columns} FROM details WHERE run = ? ORDER BY name`
  const isReadWhole = readBothWays(database, { sql, values: [key] }, (row) => {
    const text = detailsIn(row)
    if (text === undefined) {
      isEachSound = false
      return
    }
    const { encoding, bytes } = encodeDetails(text)
    const named = String(row['name'])
    if (insert.run(key, named, encoding, detailsChecksum(named, bytes), bytes).changes === 1) details += 1
  })
  return { details, isWhole: isReadWhole && isEachSound }
}

function salvageRows(
  { database, version, target }: Salvage,
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
    // Where the end of the journal is damaged too, nobody can say how long it was.
    return { rows, lostRows: undefined }
  }
}

function salvageHistory({ database, target, lost }: Salvage): number {
  let history = 0
  const keep = target.prepare('INSERT INTO history (key, text) VALUES (?, ?) ON CONFLICT DO NOTHING')
  const isWhole = readBothWays(database, { sql: 'SELECT key, text FROM history ORDER BY key' }, ({ key, text }) => {
    if (keep.run(String(key), String(text)).changes === 1) history += 1
  })
  if (!isWhole) lost.push('some of the history')
  const mark = target.prepare('INSERT INTO folded (run) VALUES (?) ON CONFLICT DO NOTHING')
  const isFoldedWhole = readBothWays(database, { sql: 'SELECT run FROM folded ORDER BY run' }, ({ run }) => {
    mark.run(String(run))
  })
  if (!isFoldedWhole) lost.push('some of the list of runs that are in the history; they must not be folded in again')
  return history
}

/** Reads rows forwards up to the damage, then backwards up to it from the other side; says whether there was none. */
function readBothWays(
  database: DatabaseSync,
  { sql, values = [] }: { readonly sql: string; readonly values?: readonly SQLInputValue[] },
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
    // Rows without a checksum may hold bytes that are not what they claim to be.
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
