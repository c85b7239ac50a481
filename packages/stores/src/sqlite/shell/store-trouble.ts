// Carries a failure through our own code as an exception; at the edge it becomes a `MusterError`, or a message.
import { accessSync, constants, existsSync, statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import { failureOf, type SqliteComplaint, type StoreFailure } from '../store-failure.ts'

/** A failure on its way to the caller. */
export class StoreTrouble extends Error {
  readonly failure: StoreFailure

  constructor(failure: StoreFailure) {
    super(
      failure.kind === 'broken' ? failure.fact : `${failure.code}: expected ${failure.expected}, got ${failure.got}`,
    )
    this.failure = failure
  }
}

/** States a fact that only we can break, where the caller must hear of it in another thread. */
export function holds(isTrue: boolean, fact: string): void {
  if (!isTrue) throw new StoreTrouble({ kind: 'broken', fact })
}

/** What an exception means, `what` being what was tried with the file. */
export function failureFrom(error: unknown, what: string, file: { path: string; busyTimeoutMs: number }): StoreFailure {
  if (error instanceof StoreTrouble) return error.failure
  const complaint = complaintOf(error)
  return failureOf(complaint, what, {
    path: file.path,
    busyTimeoutMs: file.busyTimeoutMs,
    isDiskFull: isDiskFull(file.path),
    isWritable: isWritable(file.path),
  })
}

/** The parts of an exception that say what happened. */
export function complaintOf(error: unknown): SqliteComplaint {
  if (!(error instanceof Error)) return { message: String(error) }
  const errcode: unknown = Reflect.get(error, 'errcode')
  const code: unknown = Reflect.get(error, 'code')
  return {
    message: error.message,
    errcode: typeof errcode === 'number' ? errcode : undefined,
    code: typeof code === 'string' ? code : undefined,
  }
}

/** Whether the file system of a file has no space left, as far as it can be asked. */
export function isDiskFull(path: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(dirname(path))
    return bavail * bsize < 1 << 16
  } catch {
    // It could not be asked, so the complaint itself has to tell.
    return false
  }
}

function isWritable(path: string): boolean {
  try {
    accessSync(existsSync(path) ? path : dirname(path), constants.W_OK)
    accessSync(dirname(path), constants.W_OK)
    return true
  } catch {
    return false
  }
}
