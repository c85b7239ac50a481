// The one error class for misuse. It is recognised by its code, since two copies of a package break `instanceof`.
import type { RunReport } from '../model/report.ts'
import { errorCatalogue, type ErrorCode } from './error-catalogue.ts'

/** What was expected, what was got and what to do. */
export interface ErrorFacts {
  /** What would have been right. */
  readonly expected: string
  /** What was there instead. */
  readonly got: string
  /** What to do now. @defaultValue the remedy of the code */
  readonly remedy?: string | undefined
  readonly cause?: unknown
  /** What a run had found out before the error ended it. @defaultValue there was no run */
  readonly report?: RunReport | undefined
}

/**
 * The caller misused us, or the world outside is not as it has to be.
 *
 * @example
 * ```ts
 * try {
 *   await muster.resume('no-such-run').report
 * } catch (error) {
 *   if (isMusterError(error) && error.code === 'RUN_UNKNOWN') console.log(error.remedy)
 * }
 * ```
 */
export class MusterError extends Error {
  override readonly name: string = 'MusterError'
  /** Never changes; what to recognise an error by. */
  readonly code: ErrorCode
  readonly expected: string
  readonly got: string
  /** What to do about it. */
  readonly remedy: string
  /**
   * What the run had found out when its store failed; absent for every other error. It is partial: its `ending` is
   * `interrupted`, and what the store did not take any more is run again by a resume.
   */
  readonly report?: RunReport | undefined

  constructor(code: ErrorCode, facts: ErrorFacts) {
    const remedy = facts.remedy ?? errorCatalogue[code].remedy
    // A list of problems brings its own line ends.
    const end = facts.got.endsWith('\n') ? '' : '. '
    super(`${code}: expected ${facts.expected}, got ${facts.got}${end}${remedy}`, { cause: facts.cause })
    this.code = code
    this.expected = facts.expected
    this.got = facts.got
    this.remedy = remedy
    if (facts.report !== undefined) this.report = facts.report
  }
}

/** Tells whether something thrown is one of ours, whichever copy of the package threw it. */
export function isMusterError(error: unknown): error is MusterError {
  return error instanceof Error && error.name === 'MusterError' && 'code' in error && 'remedy' in error
}
