// The exit code of a command that threw instead of ending with a report.
import { exitCodes } from '@muster/core'
import { isMusterError } from '@muster/core/errors'
import type { ExitKind } from './exit-codes.ts'

/**
 * How a command ends that threw: misuse is the caller's to mend, an abort is an interruption, and anything else is ours.
 *
 * @example
 * ```ts
 * process.exitCode = exitOfError(error).exitCode
 * ```
 */
export function exitOfError(thrown: unknown): { readonly exit: ExitKind; readonly exitCode: number } {
  const exit = isMusterError(thrown) ? (thrown.code === 'ABORTED' ? 'interrupted' : 'misuse') : 'internal'
  return { exit, exitCode: exitCodes[exit] }
}
