// The edge where a failure becomes what callers see.
import { MusterError } from '@muster/core'
import type { StoreFailure } from '../store-failure.ts'
import { failureFrom } from './store-trouble.ts'

/** The error that a failure is thrown as. */
export function errorOf(failure: StoreFailure): Error {
  if (failure.kind === 'broken') {
    return new Error(`Broken invariant: ${failure.fact}. This is a bug in Muster; please report it.`)
  }
  const { code, expected, got, remedy, cause } = failure
  return new MusterError(code, { expected, got, remedy, cause: cause === undefined ? undefined : new Error(cause) })
}

/** Runs `body`; what SQLite or the system throws comes out as one of our errors. */
export function raising<Value>(what: string, file: { path: string; busyTimeoutMs: number }, body: () => Value): Value {
  try {
    return body()
  } catch (error) {
    throw errorOf(failureFrom(error, what, file))
  }
}
