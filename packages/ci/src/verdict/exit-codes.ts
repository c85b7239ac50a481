// The exit codes, with what each means to a script. They are a promise: a code is never given another meaning.
import { exitCodes, type ExitVerdict } from '@muster/core'

/** Every way in which a command ends. */
export type ExitKind = ExitVerdict | 'misuse' | 'internal'

/** One row of the table of exit codes. */
export interface ExitCode {
  readonly kind: ExitKind
  readonly code: number
  readonly means: string
}

/**
 * All exit codes, for documents and `--help`.
 *
 * @example
 * ```ts
 * for (const { code, means } of exitCodeTable) console.log(code, means)
 * ```
 */
export const exitCodeTable: readonly ExitCode[] = [
  { kind: 'passed', code: exitCodes.passed, means: 'everything that ran passed, flaky tasks included' },
  { kind: 'failed', code: exitCodes.failed, means: 'at least one task did not pass' },
  { kind: 'misuse', code: exitCodes.misuse, means: 'options, configuration or files are not as they have to be' },
  { kind: 'internal', code: exitCodes.internal, means: 'a mistake of Muster itself' },
  { kind: 'nothing-ran', code: exitCodes['nothing-ran'], means: 'no task ran, which is never success' },
  { kind: 'interrupted', code: exitCodes.interrupted, means: 'the run was interrupted and can be resumed' },
]
