// The exit code of a command that threw instead of ending with a report.
import { exitCodes } from '@muster/core'
import { isMusterError } from '@muster/core/errors'
import type { ExitKind } from './exit-codes.ts'

/**
 * How a command ends that threw: misuse is the caller's to mend, an abort is an interruption, as is the end of a run that its
 * store could not keep any more, and anything else is ours.
 *
 * @example
 * ```ts
 * process.exitCode = exitOfError(error).exitCode
 * ```
 */
export function exitOfError(thrown: unknown): { readonly exit: ExitKind; readonly exitCode: number } {
  const isInterrupted = isMusterError(thrown) && (thrown.code === 'ABORTED' || thrown.report !== undefined)
  const exit = isInterrupted ? 'interrupted' : isMusterError(thrown) ? 'misuse' : 'internal'
  return { exit, exitCode: exitCodes[exit] }
}
