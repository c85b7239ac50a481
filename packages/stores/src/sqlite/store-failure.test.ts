import { expect, test } from 'vitest'
import { failureOf, type FileFacts, type SqliteComplaint } from './store-failure.ts'

const file: FileFacts = { path: '/data/muster.db', busyTimeoutMs: 50, isDiskFull: false, isWritable: true }
const sqlite = (errcode: number): SqliteComplaint => ({ errcode, message: 'words of SQLite' })

test.each<[string, SqliteComplaint, Partial<FileFacts>, string]>([
  ['SQLITE_FULL', sqlite(13), {}, 'STORE_FULL'],
  ['SQLITE_IOERR_SHMSIZE on a full disk', sqlite(4874), { isDiskFull: true }, 'STORE_FULL'],
  ['SQLITE_IOERR_WRITE with space left', sqlite(778), {}, 'STORE_FAILED'],
  ['ENOSPC', { code: 'ENOSPC', message: 'no space' }, {}, 'STORE_FULL'],
  ['SQLITE_BUSY', sqlite(5), {}, 'STORE_LOCKED'],
  ['SQLITE_BUSY_RECOVERY', sqlite(261), {}, 'STORE_LOCKED'],
  ['SQLITE_LOCKED', sqlite(6), {}, 'STORE_LOCKED'],
  ['SQLITE_NOTADB', sqlite(26), {}, 'STORE_CORRUPT'],
  ['SQLITE_CORRUPT_INDEX', sqlite(779), {}, 'STORE_CORRUPT'],
  ['SQLITE_READONLY_DIRECTORY', sqlite(1544), {}, 'STORE_READ_ONLY'],
  ['SQLITE_CANTOPEN in a folder that cannot be written', sqlite(14), { isWritable: false }, 'STORE_READ_ONLY'],
  ['SQLITE_CANTOPEN in one that can', sqlite(14), {}, 'STORE_FAILED'],
  ['EACCES', { code: 'EACCES', message: 'permission denied' }, {}, 'STORE_READ_ONLY'],
  ['anything else', { message: 'what?' }, {}, 'STORE_FAILED'],
])('%s has its code', (_, complaint, facts, code) => {
  const failure = failureOf(complaint, 'append', { ...file, ...facts })
  expect(failure).toMatchObject({ kind: 'misuse', code, cause: complaint.message })
  expect(JSON.stringify(failure)).toContain('/data/muster.db')
})
