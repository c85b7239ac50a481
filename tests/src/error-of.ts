// What a caller who did something wrong is told.
import { isMusterError, type MusterError } from '@muster/core'

/** The error that an attempt ends with; throws where it ends with another one, or with none. */
export async function errorOf(attempt: () => unknown): Promise<MusterError> {
  try {
    await attempt()
  } catch (error) {
    if (isMusterError(error)) return error
    throw error
  }
  throw new Error('Expected an error, got none.')
}
