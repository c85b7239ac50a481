// What every reader answers with. A document that cannot be read at all is an error; one that can be read in part gives its
// cases together with what is wrong with it, because half a result that looks whole is worse than none.
import type { CaseResult } from '@muster/core'

/** The formats that results are read from. */
export type ReportFormat = 'junit' | 'ctrf' | 'tap' | 'json'

/**
 * What was wrong with a document that was read all the same.
 *
 * - `truncated`: it ends or breaks off before its end; what was complete is kept.
 * - `missing`: something that it announces, or that must be there, is not.
 * - `malformed`: something was put right on the way, such as a character that XML forbids.
 * - `count-differs`: a count that the producer wrote differs from what is there; some producers count other things.
 * - `duplicate`: several cases carry the same name; all of them are kept.
 * - `ignored`: something that is no part of the results was left out.
 */
export interface ReadProblem {
  readonly kind: 'truncated' | 'missing' | 'malformed' | 'count-differs' | 'duplicate' | 'ignored'
  /** The file or stream as the caller named it. */
  readonly source: string
  /** Line in the source, counted from 1, where it is known. */
  readonly line?: number | undefined
  readonly message: string
}

/** What was read. */
export interface ReadCases {
  readonly format: ReportFormat
  /** In the order of the document. A case that passed after a failed try holds that failure beside `retries`. */
  readonly cases: readonly CaseResult[]
  readonly warnings: readonly ReadProblem[]
  /**
   * Whether everything is there as far as the document can tell: no warning is `truncated` or `missing`. Results that are
   * not complete must never count as success, however green the cases are.
   */
  readonly isComplete: boolean
}

/** How a document is read. */
export interface ReadOptions {
  /** What messages call the document: a path, mostly. @defaultValue `'the text given'` */
  readonly source?: string | undefined
}
