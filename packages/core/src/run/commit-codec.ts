// The journal's text: one commit a row, versioned. Reading refuses what a newer version wrote; that a row reads back as it
// was written is the store's promise (a checksum a row), so entries are not validated one by one on the way back.
import { MusterError } from '../errors/muster-error.ts'
import type { CommitRecord } from './entry.ts'
import { packEntries, type PackedEntry, unpackEntries } from './pack-entries.ts'

/** The version that this code writes. Version 1 had no columns, and reads as what it is: rows without any. */
const journalVersion = 2

interface WrittenCommit {
  readonly version: number
  readonly atMs: number
  readonly wallMs: number
  readonly entries: readonly PackedEntry[]
}

/** A commit as one line of JSON. */
export function encodeCommit({ atMs, wallMs, entries }: CommitRecord): string {
  const written: WrittenCommit = { version: journalVersion, atMs, wallMs, entries: packEntries(entries) }
  return JSON.stringify(written)
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
  if (isWritten(parsed)) return { atMs: parsed.atMs, wallMs: parsed.wallMs, entries: unpackEntries(parsed.entries) }
  const version: unknown = typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, 'version') : undefined
  const isNewer = typeof version === 'number' && version > journalVersion
  throw new MusterError(isNewer ? 'STORE_TOO_NEW' : 'STORE_CORRUPT', {
    expected: `row ${String(seq)} of run ${run} to be a commit of version ${String(journalVersion)} or before`,
    got: typeof version === 'number' ? `version ${String(version)}` : `${bytes.slice(0, 40)}…`,
  })
}

function isWritten(value: unknown): value is WrittenCommit {
  if (typeof value !== 'object' || value === null) return false
  const version: unknown = Reflect.get(value, 'version')
  return (
    (version === 1 || version === journalVersion) &&
    typeof Reflect.get(value, 'atMs') === 'number' &&
    typeof Reflect.get(value, 'wallMs') === 'number' &&
    areEntries(Reflect.get(value, 'entries'))
  )
}

/**
 * Enough to unpack them and to keep them in tables: a column that is no list could claim any length, and a handle that is no
 * number could name what every list shares, such as `__proto__`.
 */
function areEntries(value: unknown): boolean {
  return Array.isArray(value) && value.every(isEntry)
}

function isEntry(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false
  switch (value.kind) {
    case 'launches':
      return 'tasks' in value && areHandles(value.tasks) && 'workers' in value && areHandles(value.workers)
    case 'starts':
      return 'tasks' in value && areHandles(value.tasks)
    case 'passes':
      return 'tasks' in value && areHandles(value.tasks) && 'durationsMs' in value && Array.isArray(value.durationsMs)
    default:
      return (
        typeof value.kind === 'string' && handleFields.every((field) => isAbsentOrHandle(Reflect.get(value, field)))
      )
  }
}

const handleFields = ['task', 'worker', 'edge', 'n'] as const

function areHandles(value: unknown): boolean {
  return Array.isArray(value) && value.every(Number.isSafeInteger)
}

function isAbsentOrHandle(value: unknown): boolean {
  return value === undefined || Number.isSafeInteger(value)
}
