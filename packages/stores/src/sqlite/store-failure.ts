// What went wrong, as plain data: an error crosses from the database thread only as a copy that has lost its class.
import type { ErrorCode } from '@muster/core'
import { primaryCode, resultCode } from './result-codes.ts'

/** The facts of a `MusterError` to be, or a broken assertion of ours. */
export type StoreFailure =
  | {
      readonly kind: 'misuse'
      readonly code: ErrorCode
      readonly expected: string
      readonly got: string
      readonly remedy?: string | undefined
      /** The database's own words. */
      readonly cause?: string | undefined
    }
  | { readonly kind: 'broken'; readonly fact: string }

/** What SQLite or the system said. */
export interface SqliteComplaint {
  /** SQLite's extended result code, where it comes from SQLite. */
  readonly errcode?: number | undefined
  /** Code of a system error, such as `EACCES`. */
  readonly code?: string | undefined
  readonly message: string
}

/** What else is known of the file when the complaint comes. */
export interface FileFacts {
  readonly path: string
  readonly busyTimeoutMs: number
  /** Whether the file system has no space left, where that could be asked. */
  readonly isDiskFull: boolean
  /** Whether file and folder can be written. */
  readonly isWritable: boolean
}

/** Translates a complaint into one of our codes; `what` says what was being done. */
export function failureOf(complaint: SqliteComplaint, what: string, file: FileFacts): StoreFailure {
  const { path, busyTimeoutMs } = file
  const cause = complaint.message
  const primary = primaryCode(complaint.errcode)
  const isSpaceGone = primary === resultCode.full || complaint.code === 'ENOSPC' || complaint.code === 'EDQUOT'
  if (isSpaceGone || (primary === resultCode.ioError && file.isDiskFull)) {
    return { kind: 'misuse', code: 'STORE_FULL', expected: `space to ${what} in ${path}`, got: 'none left', cause }
  }
  if (primary === resultCode.busy || primary === resultCode.locked) {
    const got = `it still held by another program after ${busyTimeoutMs} ms`
    return { kind: 'misuse', code: 'STORE_LOCKED', expected: `to get hold of ${path} to ${what}`, got, cause }
  }
  if (primary === resultCode.notADatabase) {
    return { kind: 'misuse', code: 'STORE_CORRUPT', expected: `${path} to be a database`, got: 'something else', cause }
  }
  if (primary === resultCode.corrupt) {
    return { kind: 'misuse', code: 'STORE_CORRUPT', expected: `${path} to be sound`, got: `damage: ${cause}`, cause }
  }
  const isForbidden = complaint.code === 'EACCES' || complaint.code === 'EPERM' || complaint.code === 'EROFS'
  const isShut = primary === resultCode.cannotOpen && !file.isWritable
  if (primary === resultCode.readOnly || isForbidden || isShut) {
    const got = 'a file or folder that may only be read'
    return { kind: 'misuse', code: 'STORE_READ_ONLY', expected: `to be able to ${what} in ${path}`, got, cause }
  }
  return { kind: 'misuse', code: 'STORE_FAILED', expected: `to be able to ${what} in ${path}`, got: cause, cause }
}
