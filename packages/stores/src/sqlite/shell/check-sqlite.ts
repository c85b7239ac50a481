// Looks at every page and every checksum of a database, without changing it.
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { MusterError } from '@muster/core'
import { runKeyOf, seqOf } from '../journal-position.ts'
import { detailsChecksum, rowChecksum } from './checksum.ts'
import { loadSqlite } from './load-sqlite.ts'
import { refuseFolder, versionOf } from './open-database.ts'
import { errorOf, raising } from './raise-failure.ts'
import { complaintOf, failureFrom, StoreTrouble } from './store-trouble.ts'

/** What a check found. */
export interface SqliteCheck {
  readonly isSound: boolean
  /** Version of its schema; `undefined` where not even that could be read. */
  readonly version: number | undefined
  /** What is wrong, one sentence each; the first hundred. */
  readonly problems: readonly string[]
}

const problemsAtMost = 100

/**
 * Checks a database file: its structure, gaps in its journals, the checksum of each row and each detail. Rejects only
 * where the file cannot be looked at: it is not there, locked, newer than this version, or another program's.
 *
 * @example
 * ```ts
 * const { isSound, problems } = await checkSqlite('.muster/muster.db')
 * if (!isSound) console.error(problems.join('\n'))
 * ```
 */
export async function checkSqlite(path: string): Promise<SqliteCheck> {
  const file = { path: resolve(path), busyTimeoutMs: 5000 }
  if (!existsSync(file.path)) {
    throw new MusterError('STORE_FAILED', {
      expected: `a database at ${file.path}`,
      got: 'no file',
      remedy: 'Name a file that is there.',
    })
  }
  const { DatabaseSync } = loadSqlite()
  const database = raising('open the database', file, () => {
    refuseFolder(file.path)
    return new DatabaseSync(file.path, { readOnly: true })
  })
  const problems: string[] = []
  let version: number | undefined
  try {
    database.exec(`PRAGMA busy_timeout = ${file.busyTimeoutMs}`)
    version = versionOf(database, file.path)
    for (const problem of version > 0 ? findProblems(database, version) : []) {
      problems.push(problem)
      if (problems.length === problemsAtMost) break
    }
  } catch (error) {
    const failure = failureFrom(error, 'check the database', file)
    const isDamage = failure.kind === 'misuse' && failure.code === 'STORE_CORRUPT'
    if (!isDamage) throw errorOf(failure)
    problems.push(error instanceof StoreTrouble ? error.message : complaintOf(error).message)
  } finally {
    database.close()
  }
  return { isSound: problems.length === 0, version, problems }
}

function* findProblems(database: DatabaseSync, version: number): Generator<string, void, void> {
  for (const { integrity_check: said } of database.prepare(`PRAGMA integrity_check(${problemsAtMost})`).all()) {
    if (said !== 'ok') yield String(said)
  }
  for (const { table, parent } of database.prepare('PRAGMA foreign_key_check').all()) {
    yield `table ${String(table)} has rows without their ${String(parent)}`
  }
  yield* findJournalProblems(database, version)
  if (version >= 3) yield* findDetailsProblems(database)
}

function* findJournalProblems(database: DatabaseSync, version: number): Generator<string, void, void> {
  const names = new Map<number, string>()
  for (const { key, run } of database.prepare('SELECT key, run FROM runs').all()) names.set(Number(key), String(run))
  const crc = version >= 3 ? 'crc' : 'NULL AS crc'
  let [runKey, lastSeq] = [0, 0]
  for (const row of database
    .prepare(`SELECT position, epoch, bytes, ${crc} FROM journal ORDER BY position`)
    .iterate()) {
    const position = Number(row['position'])
    const [key, seq] = [runKeyOf(position), seqOf(position)]
    const run = names.get(key)
    if (key !== runKey) {
      ;[runKey, lastSeq] = [key, 0]
      if (run === undefined) yield `rows without a run, from row ${seq} with key ${key}`
    }
    if (seq !== lastSeq + 1) yield `run ${String(run)}: row ${seq} follows row ${lastSeq}`
    lastSeq = seq
    const isSound = row['crc'] === null || row['crc'] === rowChecksum(seq, Number(row['epoch']), String(row['bytes']))
    if (!isSound) yield `run ${String(run)}: row ${seq} does not have its checksum`
  }
}

function* findDetailsProblems(database: DatabaseSync): Generator<string, void, void> {
  const all = database.prepare('SELECT r.run, d.name, d.crc, d.bytes FROM details d JOIN runs r ON r.key = d.run')
  for (const { run, name, crc, bytes } of all.iterate()) {
    const isSound = bytes instanceof Uint8Array && (crc === null || crc === detailsChecksum(String(name), bytes))
    if (!isSound) yield `run ${String(run)}: details ${String(name)} do not have their checksum`
  }
}
