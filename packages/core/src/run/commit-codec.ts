// The journal's text: one commit a row, versioned. Reading refuses what a newer version wrote; that a row reads back as it
// was written is the store's promise (a checksum a row), so entries are not validated one by one on the way back.
import { MusterError } from '../errors/muster-error.ts'
import type { CommitRecord } from './entry.ts'

/** The version that this code writes. */
export const journalVersion = 1

/** A commit as one line of JSON. */
export function encodeCommit(commit: CommitRecord): string {
  return JSON.stringify(commit)
}

/** Reads a row back, or throws `STORE_CORRUPT` or `STORE_TOO_NEW`. */
export function decodeCommit(bytes: string, run: string, seq: number): CommitRecord {
  let parsed: unknown
  try {
    parsed = JSON.parse(bytes)
  } catch (cause) {
    throw new MusterError('STORE_CORRUPT', {
      expected: `row ${String(seq)} of run ${run} to be JSON`,
      got: `${bytes.slice(0, 40)}…`,
      cause,
    })
  }
  if (isCommit(parsed)) return parsed
  const version: unknown = typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, 'version') : undefined
  const isNewer = typeof version === 'number' && version > journalVersion
  throw new MusterError(isNewer ? 'STORE_TOO_NEW' : 'STORE_CORRUPT', {
    expected: `row ${String(seq)} of run ${run} to be a commit of version ${String(journalVersion)}`,
    got: `version ${String(version)}`,
  })
}

function isCommit(value: unknown): value is CommitRecord {
  return (
    typeof value === 'object' &&
    value !== null &&
    Reflect.get(value, 'version') === journalVersion &&
    Array.isArray(Reflect.get(value, 'entries')) &&
    typeof Reflect.get(value, 'atMs') === 'number'
  )
}
